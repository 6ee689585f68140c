package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.plugin.JobKinds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class SharedPagesTest {
  private static final ThreadFactory THREADS = Thread.ofPlatform().daemon().factory();

  @TempDir Path folder;

  private static PageText page(int number) {
    return new PageText(number, 400, 600, List.of(), false, false, "");
  }

  @Test
  void pagesComeInOrderFromBothThreads() throws Exception {
    Set<Thread> readers = ConcurrentHashMap.newKeySet();
    CountDownLatch secondReads = new CountDownLatch(1);
    PageSource second =
        number -> {
          readers.add(Thread.currentThread());
          secondReads.countDown();
          return page(number);
        };
    PageSource own =
        number -> {
          await(secondReads);
          readers.add(Thread.currentThread());
          return page(number);
        };
    try (SharedPages pages = new SharedPages(own, 1000, closed -> second, THREADS)) {
      for (int number = 1; number <= 1000; number++) {
        assertThat(pages.page(number).number()).isEqualTo(number);
      }
    }

    assertThat(readers).contains(Thread.currentThread()).hasSize(2);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aBookThatOpensOnlyOnceIsReadByOneThread() throws Exception {
    SharedPages.Opening none =
        closed -> {
          throw new IOException("no more open files");
        };
    try (SharedPages pages = new SharedPages(SharedPagesTest::page, 99, none, THREADS)) {
      for (int number = 1; number <= 99; number++) {
        assertThat(pages.page(number).number()).isEqualTo(number);
      }
    }
  }

  @Test
  void whatFailsOnTheSecondThreadFailsTheReading() {
    failsWith(new StackOverflowError());
    // Nothing that is met while reading, but a defect must not make anybody wait for ever.
    failsWith(new LinkageError("a defect"));
  }

  private static void failsWith(Error error) {
    CountDownLatch failed = new CountDownLatch(1);
    PageSource second =
        number -> {
          failed.countDown();
          throw error;
        };
    PageSource own =
        number -> {
          await(failed);
          return page(number);
        };
    assertThatThrownBy(
            () -> {
              try (SharedPages pages = new SharedPages(own, 99, closed -> second, THREADS)) {
                for (int number = 1; number <= 99; number++) {
                  pages.page(number);
                }
              }
            })
        .isSameAs(error);
  }

  @Test
  void closingEarlyEndsTheSecondThread() throws Exception {
    Set<Thread> readers = ConcurrentHashMap.newKeySet();
    CountDownLatch secondReads = new CountDownLatch(1);
    PageSource second =
        number -> {
          readers.add(Thread.currentThread());
          secondReads.countDown();
          return page(number);
        };
    SharedPages pages = new SharedPages(SharedPagesTest::page, 10_000, closed -> second, THREADS);
    await(secondReads);
    pages.close();

    assertThat(readers).hasSize(1).noneMatch(Thread::isAlive);
  }

  @Test
  void twoThreadsGiveTheSameBookAsOne() throws Exception {
    try (PdfBook pdf = PdfBook.create()) {
      for (int i = 1; i <= 60; i++) {
        pdf.page().line(50, 30, "THE MILL " + i);
        pdf.lines(50, 100, "The miller of page " + i + " went to the ri-", "ver and came back.");
      }
      Path file = pdf.save(folder);
      RecordedBook one = read(file, 1);
      RecordedBook two = read(file, 2);

      assertThat(two.chapters).isEqualTo(one.chapters).isNotEmpty();
      assertThat(two.positions).isEqualTo(one.positions).hasSize(60);
      assertThat(two.warnings).isEqualTo(one.warnings);
    }
  }

  private RecordedBook read(Path file, int threads) throws Exception {
    return RecordedBook.run(JobKinds.PARSE, file, folder, PdfLimits.DEFAULT, () -> false, threads);
  }
}
