package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.database.UniqueViolation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Does failed jobs again, by new jobs in their place. Thread-safe. */
final class JobRetries {

  private final Database database;
  private final PostgresJobStore store;
  private final Intake intake;
  private final Map<String, ResultApplier> appliers;

  JobRetries(
      Database database,
      PostgresJobStore store,
      Intake intake,
      Map<String, ResultApplier> appliers) {
    this.database = database;
    this.store = store;
    this.intake = intake;
    this.appliers = Map.copyOf(appliers);
  }

  /**
   * Does a job again, and what fell with it.
   *
   * @return id of the new job; empty when the job has not failed, or was done again already
   */
  Optional<Long> retry(Job job) {
    Retry retry = new Retry(job);
    try {
      database.inTransaction(retry::write);
      return retry.committed();
    } catch (RuntimeException e) {
      retry.abandoned();
      if (UniqueViolation.caused(e)) {
        // Somebody else has asked for the same at the same time.
        return Optional.empty();
      }
      throw e;
    }
  }

  /** One retry, while its transaction is under way. */
  private final class Retry {
    private final Job job;
    private List<Long> replaced = List.of();
    private Enqueuer.@Nullable Batch batch;

    Retry(Job job) {
      this.job = job;
    }

    boolean write(Handle handle) {
      Map<Long, RetryPlan.Fate> fates = store.fates(handle, job.owner(), job.book());
      if (!fates.containsKey(job.id())) {
        return false;
      }
      RetryPlan plan = RetryPlan.of(job, store.ofBook(handle, job.owner(), job.book()), fates);
      replaced = plan.replaced().stream().map(Job::id).toList();
      Enqueuer.Batch written = intake.enqueueRetries(handle, plan.replacements(), replaced);
      batch = written;
      for (Job again : written.jobs()) {
        ResultApplier applier = appliers.get(again.kind());
        if (applier != null) {
          applier.retried(handle, again);
        }
      }
      return true;
    }

    Optional<Long> committed() {
      if (batch == null) {
        return Optional.empty();
      }
      batch.committed();
      return Optional.of(batch.jobs().get(replaced.indexOf(job.id())).id());
    }

    void abandoned() {
      if (batch != null) {
        batch.abandoned();
      }
    }
  }
}
