package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.database.Outage;
import dev.scriptorium.server.jobs.SubmissionGroup.Request;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.SubmitJobsRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes in jobs that belong to no book; a repeated request adds nothing. Requests that come while a
 * commit is under way share the next one. Thread-safe.
 */
final class Submissions {
  private static final int LONGEST_REQUEST_ID = 100;
  private static final int MOST_TRIES = 5;
  private static final int MOST_WAITING = 1000;
  // What is written together at most, unless one request is larger.
  private static final int GROUP_JOBS = 2000;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Database database;
  private final Enqueuer queue;
  private final SubmissionStore store = new SubmissionStore();
  private final BlockingQueue<Submission> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

  // Whoever holds it writes for all that wait.
  private final ReentrantLock writing = new ReentrantLock();

  /** A request, and what its caller is told. */
  private record Submission(Request request, CompletableFuture<List<Long>> answer) {}

  Submissions(Database database, Enqueuer queue) {
    this.database = database;
    this.queue = queue;
  }

  /**
   * Commits the jobs of a request.
   *
   * @return their ids, in the order of the request
   * @throws ApiException INVALID_FIELD, JOB_NOT_FOUND, BACKLOG_FULL
   */
  List<Long> submit(Caller caller, SubmitJobsRequest request) {
    String id = request.getRequestId();
    if (id.length() > LONGEST_REQUEST_ID) {
      throw InvalidField.of("request_id", id, "at most " + LONGEST_REQUEST_ID + " characters");
    }
    List<NewJob> jobs = new SubmittedJobs(caller.owner()).read(request.getJobsList());
    Submission mine =
        new Submission(
            new Request(new OwnedKey(caller.owner(), id), jobs), new CompletableFuture<>());
    if (!waiting.offer(mine)) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_BACKLOG_FULL,
          "too many requests wait to be written: at most " + MOST_WAITING,
          Map.of("limit", Integer.toString(MOST_WAITING)),
          RETRY_AFTER);
    }
    return answer(mine);
  }

  private List<Long> answer(Submission mine) {
    writing.lock();
    try {
      while (!mine.answer.isDone()) {
        writeNext();
      }
    } finally {
      writing.unlock();
    }
    try {
      return mine.answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException why) {
        throw why;
      }
      throw e;
    }
  }

  private void writeNext() {
    List<Submission> group = next();
    try {
      write(group);
    } finally {
      // Whatever was thrown: who is not in the queue any more must not wait for ever.
      for (Submission each : group) {
        if (!each.answer.isDone()) {
          each.answer.completeExceptionally(
              new IllegalStateException("it is not known whether the jobs were added"));
        }
      }
    }
  }

  // In the order they came, as many as go together.
  private List<Submission> next() {
    List<Submission> group = new ArrayList<>();
    Set<OwnedKey> ids = new HashSet<>();
    int jobs = 0;
    for (Submission next = waiting.peek(); next != null; next = waiting.peek()) {
      jobs += next.request.jobs().size();
      boolean again = next.request.hasId() && !ids.add(next.request.id());
      if (!group.isEmpty() && (again || jobs > GROUP_JOBS)) {
        break;
      }
      group.add(next);
      waiting.remove();
    }
    return group;
  }

  private void write(List<Submission> group) {
    SubmissionGroup written =
        new SubmissionGroup(queue, store, group.stream().map(Submission::request).toList());
    List<List<Long>> ids;
    try {
      ids = database.inTransaction(written::write);
    } catch (RuntimeException e) {
      written.abandoned();
      failed(group, e);
      return;
    }
    written.committed();
    for (int i = 0; i < group.size(); i++) {
      group.get(i).answer.complete(ids.get(i));
    }
  }

  private void failed(List<Submission> group, RuntimeException e) {
    if (group.size() == 1) {
      failedAlone(group.getFirst(), e);
    } else if (Outage.retryAfter(e).isPresent()) {
      group.forEach(each -> each.answer.completeExceptionally(e));
    } else {
      // One of them is bad: it is found by halves.
      int half = group.size() / 2;
      write(group.subList(0, half));
      write(group.subList(half, group.size()));
    }
  }

  private void failedAlone(Submission one, RuntimeException e) {
    try {
      one.answer.complete(again(one.request, e));
    } catch (RuntimeException why) {
      one.answer.completeExceptionally(why);
    }
  }

  private List<Long> again(Request request, RuntimeException first) {
    RuntimeException failure = first;
    for (int tries = 2;
        tries <= MOST_TRIES && failure instanceof UniqueJobs.TakenException;
        tries++) {
      SubmissionGroup written = new SubmissionGroup(queue, store, List.of(request));
      try {
        List<Long> ids = database.inTransaction(written::write).getFirst();
        written.committed();
        return ids;
      } catch (RuntimeException e) {
        written.abandoned();
        failure = e;
      }
    }
    return earlierOrElse(request, failure);
  }

  // The same request may have come a second time, to another server, while the first was being
  // written: its caller lost patience. The first to commit is the answer to both.
  private List<Long> earlierOrElse(Request request, RuntimeException failure) {
    if (failure instanceof UnknownJobException unknown) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_JOB_NOT_FOUND,
          "there is no job " + unknown.job() + " to wait for",
          Map.of("job", JobName.of(unknown.job())));
    }
    if (failure instanceof UniqueJobs.TakenException) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_DATABASE_UNAVAILABLE,
          String.valueOf(failure.getMessage()),
          Map.of(),
          RETRY_AFTER);
    }
    if (!request.hasId() || Outage.retryAfter(failure).isPresent()) {
      throw failure;
    }
    List<Long> earlier =
        database
            .inTransaction(handle -> store.find(handle, Set.of(request.id())))
            .get(request.id());
    if (earlier == null) {
      throw failure;
    }
    return earlier;
  }
}
