package dev.scriptorium.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.NewJob;
import dev.scriptorium.v1.SubmitJobsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
final class SubmissionsTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final SubmitJobsRequest REQUEST =
      SubmitJobsRequest.newBuilder().addJobs(NewJob.newBuilder().setKind("analyze")).build();

  @Test
  void nobodyWaitsForEverWhenWhoeverWritesForAllFails() throws Exception {
    FailingQueue queue = new FailingQueue();
    Submissions submissions = new Submissions(database.scheduler(), queue);
    Caller caller = new Caller(database.createAccount(), "key", Role.OPERATOR);
    List<FutureTask<List<Long>>> answers = new ArrayList<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      FutureTask<List<Long>> answer = new FutureTask<>(() -> submissions.submit(caller, REQUEST));
      answers.add(answer);
      callers.add(Thread.ofPlatform().daemon().start(answer));
      // The first writes for itself alone while the others come and wait.
      queue.entered.await();
    }
    for (Thread waiting : callers.subList(1, 3)) {
      while (waiting.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }

    queue.go.countDown();

    for (FutureTask<List<Long>> answer : answers) {
      assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
          .isInstanceOf(java.util.concurrent.ExecutionException.class);
    }
    assertThat(queue.calls).isEqualTo(2);
  }

  /** Lets its first caller wait, and fails as nothing is expected to fail. */
  private static final class FailingQueue implements Enqueuer {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);
    volatile int calls;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one caller at a time
    public Batch enqueue(Handle handle, List<dev.scriptorium.server.jobs.NewJob> jobs) {
      calls++;
      entered.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      throw new StackOverflowError("a test's");
    }

    @Override
    public void cancelBook(UUID book) {
      throw new UnsupportedOperationException("no book in this test");
    }
  }
}
