package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.client.ScriptoriumException;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.UploadBookResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Uploads files, several at once, and follows their imports. Tells all it does as events. */
final class Importer implements AutoCloseable {
  private static final long CLOSE_SECONDS = 2;

  private final ScriptoriumClient client;
  private final boolean wait;
  private final Consumer<ImportEvent> events;
  private final ExecutorService threads;

  /**
   * @param parallel files under way at once
   * @param wait follow every import to its end
   * @param events called from several threads
   */
  Importer(ScriptoriumClient client, int parallel, boolean wait, Consumer<ImportEvent> events) {
    this.client = client;
    this.wait = wait;
    this.events = events;
    this.threads =
        Executors.newFixedThreadPool(parallel, Thread.ofVirtual().name("import-", 1).factory());
  }

  /** Starts all; each file ends with {@code Finished} or {@code Refused}. */
  void start(List<Path> files) {
    for (int i = 0; i < files.size(); i++) {
      int index = i;
      threads.execute(() -> runImport(index, files.get(index)));
    }
  }

  private void runImport(int index, Path file) {
    String problem = LocalFiles.problem(file);
    if (!problem.isEmpty()) {
      String reason =
          problem.endsWith("empty") ? "FILE_EMPTY" : ScriptoriumException.FILE_UNREADABLE;
      events.accept(new ImportEvent.Refused(index, reason, problem, 1));
      return;
    }
    try {
      follow(index, upload(index, file));
      events.accept(new ImportEvent.Finished(index));
    } catch (ScriptoriumException e) {
      events.accept(ImportEvent.Refused.of(index, e));
    }
  }

  private Book upload(int index, Path file) {
    UploadBookResponse response =
        client.upload(
            file, (sent, total) -> events.accept(new ImportEvent.Sent(index, sent, total)));
    events.accept(new ImportEvent.Stored(index, response.getBook(), response.getDuplicate()));
    return response.getBook();
  }

  private void follow(int index, Book book) {
    if (wait) {
      client.watchBook(
          book.getName(),
          update ->
              events.accept(
                  new ImportEvent.Advanced(index, update.getBook(), update.getActivity())),
          broken -> events.accept(new ImportEvent.Lost(index)));
    }
  }

  /** Stops what is under way: uploads are cancelled, imports go on at the server. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      // Long enough for a cancelled upload to say so, short enough for somebody at a keyboard.
      threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
