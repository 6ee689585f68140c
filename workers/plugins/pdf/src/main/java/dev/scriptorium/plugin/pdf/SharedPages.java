package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.JobFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the pages of one book on two threads, block by block, each thread with a document of its
 * own, since those of PDFBox are for one thread. The pages are the same as one thread would read
 * and come in their order. For the thread that made it.
 */
final class SharedPages implements PageSource {
  private static final Logger LOG = LoggerFactory.getLogger(SharedPages.class);

  /** Pages of a block. */
  private static final int BLOCK = 6;

  /** Blocks that may lie read and not yet asked for, so that memory has a bound. */
  private static final int AHEAD = 8;

  private final PageSource own;
  private final int pages;
  private final List<CompletableFuture<List<PageText>>> blocks = new ArrayList<>();
  private final AtomicInteger unclaimed = new AtomicInteger();
  private final Semaphore room = new Semaphore(AHEAD);
  private final Thread second;
  private volatile boolean closed;

  /** Opens the book for the second thread. */
  interface Opening {
    /**
     * @param closed true when nobody waits for pages any more
     */
    PageSource open(BooleanSupplier closed) throws JobFailure, IOException;
  }

  /**
   * @param own pages for the thread that asks; not closed
   * @param pages number of pages
   * @param opening used by the second thread, which closes what it opens
   * @param threads makes the second thread
   */
  SharedPages(PageSource own, int pages, Opening opening, ThreadFactory threads) {
    this.own = own;
    this.pages = pages;
    for (int first = 1; first <= pages; first += BLOCK) {
      blocks.add(new CompletableFuture<>());
    }
    this.second = threads.newThread(() -> readAlong(opening));
    second.start();
  }

  @Override
  public PageText page(int number) throws IOException {
    int block = (number - 1) / BLOCK;
    CompletableFuture<List<PageText>> wanted = blocks.get(block);
    // The next block that nobody reads yet is the wanted one, or one that is wanted soon.
    boolean more = true;
    while (more && !wanted.isDone()) {
      more = room.tryAcquire() && readNext(own);
    }
    PageText page = result(wanted).get((number - 1) % BLOCK);
    if (number % BLOCK == 0) {
      blocks.set(block, new CompletableFuture<>());
      room.release();
    }
    return page;
  }

  private static List<PageText> result(CompletableFuture<List<PageText>> block) throws IOException {
    try {
      return block.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  private void readAlong(Opening opening) {
    try (PageSource source = opening.open(() -> closed)) {
      boolean more = true;
      while (more && !closed) {
        room.acquireUninterruptibly();
        more = !closed && readNext(source);
      }
    } catch (JobFailure | IOException | RuntimeException | StackOverflowError e) {
      // No block is claimed while opening: the other thread reads all of them.
      LOG.debug("no second thread", e);
    }
  }

  /** Reads the first block that nobody reads yet; false when there is none. */
  private boolean readNext(PageSource source) {
    int block = unclaimed.getAndIncrement();
    if (block >= blocks.size()) {
      return false;
    }
    CompletableFuture<List<PageText>> result = blocks.get(block);
    try {
      result.complete(read(source, block));
    } catch (IOException | RuntimeException | Error e) {
      // Whatever it is: who waits for the block must not wait for ever.
      result.completeExceptionally(e);
    }
    return true;
  }

  private List<PageText> read(PageSource source, int block) throws IOException {
    List<PageText> texts = new ArrayList<>(BLOCK);
    int last = Math.min(pages, (block + 1) * BLOCK);
    for (int number = block * BLOCK + 1; number <= last && !closed; number++) {
      texts.add(source.page(number));
    }
    return texts;
  }

  /** Ends the second thread and waits for it. */
  @Override
  public void close() {
    closed = true;
    room.release(AHEAD);
    boolean interrupted = false;
    while (second.isAlive()) {
      try {
        second.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
