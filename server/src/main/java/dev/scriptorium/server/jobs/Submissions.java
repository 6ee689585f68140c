package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.database.Outage;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.SubmitJobsRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Takes in jobs that belong to no book; a repeated request adds nothing. Thread-safe. */
final class Submissions {
  private static final int LONGEST_REQUEST_ID = 100;
  private static final int MOST_TRIES = 5;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Database database;
  private final Enqueuer queue;
  private final SubmissionStore store = new SubmissionStore();

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
    for (int tries = 1; ; tries++) {
      try {
        return new Submission(caller.owner(), id, jobs).run();
      } catch (UniqueJobs.TakenException e) {
        if (tries == MOST_TRIES) {
          throw new ApiException(
              ErrorReason.ERROR_REASON_DATABASE_UNAVAILABLE,
              String.valueOf(e.getMessage()),
              Map.of(),
              RETRY_AFTER);
        }
      }
    }
  }

  /** One request, while its transaction is under way. */
  private final class Submission {
    private final UUID owner;
    private final String id;
    private final List<NewJob> jobs;
    private Enqueuer.@Nullable Batch batch;

    Submission(UUID owner, String id, List<NewJob> jobs) {
      this.owner = owner;
      this.id = id;
      this.jobs = jobs;
    }

    List<Long> run() {
      List<Long> ids;
      try {
        ids = database.inTransaction(this::write);
      } catch (UnknownJobException e) {
        abandon();
        throw new ApiException(
            ErrorReason.ERROR_REASON_JOB_NOT_FOUND,
            "there is no job " + e.job() + " to wait for",
            Map.of("job", JobName.of(e.job())));
      } catch (RuntimeException e) {
        abandon();
        return earlierOrElse(e);
      }
      if (batch != null) {
        batch.committed();
      }
      return ids;
    }

    // The same request may have come a second time while the first was being written: its caller
    // lost patience. The first to commit is the answer to both.
    private List<Long> earlierOrElse(RuntimeException failure) {
      if (id.isEmpty()
          || failure instanceof UniqueJobs.TakenException
          || Outage.retryAfter(failure).isPresent()) {
        throw failure;
      }
      List<Long> earlier = database.inTransaction(h -> store.find(h, owner, id));
      if (earlier.isEmpty()) {
        throw failure;
      }
      return earlier;
    }

    private void abandon() {
      if (batch != null) {
        batch.abandoned();
      }
    }

    private List<Long> write(Handle handle) {
      if (!id.isEmpty()) {
        List<Long> earlier = store.find(handle, owner, id);
        if (!earlier.isEmpty()) {
          return earlier;
        }
      }
      Set<String> keys = UniqueJobs.keys(jobs);
      UniqueJobs unique =
          new UniqueJobs(jobs, keys.isEmpty() ? Map.of() : store.unfinished(handle, owner, keys));
      Enqueuer.Batch written = queue.enqueue(handle, unique.fresh());
      batch = written;
      if (!keys.isEmpty() && !store.reserve(handle, owner, UniqueJobs.reserved(written.jobs()))) {
        throw new UniqueJobs.TakenException();
      }
      List<Long> ids = unique.ids(written.jobs());
      if (!id.isEmpty()) {
        store.insert(handle, owner, id, ids);
      }
      return ids;
    }
  }
}
