package dev.scriptorium.server.jobs;

import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.v1.ErrorReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The queue as other features see it. Thread-safe. */
final class JobQueue implements Enqueuer {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final Intake intake;
  private final LiveJobs live;
  private final ServerEndings endings;

  JobQueue(Intake intake, LiveJobs live, ServerEndings endings) {
    this.intake = intake;
    this.live = live;
    this.endings = endings;
  }

  @Override
  public Batch enqueue(Handle handle, List<NewJob> jobs) {
    try {
      return intake.enqueue(handle, jobs);
    } catch (BacklogFullException e) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_BACKLOG_FULL,
          e.getMessage(),
          Map.of("limit", Integer.toString(e.limit())),
          RETRY_AFTER);
    }
  }

  @Override
  public void cancelBook(UUID book) {
    for (Job job : live.standings(job -> job.book().equals(book)).keySet()) {
      var _ = endings.cancel(job, "its book was deleted");
    }
  }
}
