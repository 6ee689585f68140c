package dev.scriptorium.server.jobs;

import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.server.jobs.schedule.KeyLimit;
import dev.scriptorium.server.jobs.schedule.Phase;
import dev.scriptorium.server.jobs.schedule.Standing;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Job.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows a job as the API has it: what is stored, and what the server's memory knows besides. */
final class JobView {
  private final LiveJobs live;

  JobView(LiveJobs live) {
    this.live = live;
  }

  dev.scriptorium.v1.Job of(Job job, List<JobLog.Attempt> attempts) {
    dev.scriptorium.v1.Job.Builder view =
        dev.scriptorium.v1.Job.newBuilder()
            .setName(JobName.of(job.id()))
            .setBook(job.hasBook() ? new BookName(job.book()).toString() : "")
            .setPriority(job.terms().priority())
            .setKind(job.kind())
            .setMediaType(job.mediaType())
            .setCreateTime(WireTime.of(job.createdAt()));
    KeyLimit limit = job.terms().limit();
    if (limit != null) {
      view.setKey(limit.key());
    }
    if (job.terms().notBefore().isAfter(Instant.EPOCH)) {
      view.setRunTime(WireTime.of(job.terms().notBefore()));
    }
    job.after().forEach(id -> view.addAfter(JobName.of(id)));
    attempts.forEach(attempt -> view.addAttempts(attempt(attempt)));
    JobLog.last(attempts).ifPresentOrElse(end -> ended(view, end), () -> open(view, job, attempts));
    return view.build();
  }

  private static void ended(dev.scriptorium.v1.Job.Builder view, JobLog.End end) {
    view.setState(States.of(end.ending())).setEndTime(WireTime.of(end.at()));
    if (end.ending() == Ending.SUCCEEDED) {
      view.setPercent(100);
    } else {
      view.setFailure(end.failure());
    }
  }

  private void open(dev.scriptorium.v1.Job.Builder view, Job job, List<JobLog.Attempt> attempts) {
    Optional<Standing> standing = live.standing(job.id());
    if (standing.isEmpty()) {
      // Another server's: what is stored is all that is known here.
      boolean running = attempts.stream().anyMatch(attempt -> attempt.end() == null);
      view.setState(running ? State.STATE_RUNNING : State.STATE_WAITING);
      return;
    }
    Standing now = standing.get();
    view.setState(States.of(now.phase()))
        .setPercent(now.percent())
        .setActivity(now.activity())
        .setWaitsFor(live.whyWaiting(job.id()));
    if (now.phase() == Phase.WAITING && !live.anyCan(job.kind(), job.mediaType())) {
      view.setActivity(
          "NO_WORKER: no connected worker takes " + job.kind() + " of " + job.mediaType());
    }
  }

  /** The job with the ends of the runners' logs, by the numbers of its attempts. */
  static dev.scriptorium.v1.Job withLogs(dev.scriptorium.v1.Job job, Map<Integer, String> logs) {
    dev.scriptorium.v1.Job.Builder view = job.toBuilder();
    view.getAttemptsBuilderList()
        .forEach(attempt -> attempt.setLogTail(logs.getOrDefault(attempt.getNumber(), "")));
    return view.build();
  }

  private static dev.scriptorium.v1.Attempt attempt(JobLog.Attempt attempt) {
    dev.scriptorium.v1.Attempt.Builder view =
        dev.scriptorium.v1.Attempt.newBuilder()
            .setNumber(attempt.number())
            .setWorker(attempt.worker());
    Instant startedAt = attempt.startedAt();
    if (startedAt != null) {
      view.setStartTime(WireTime.of(startedAt));
    }
    JobLog.End end = attempt.end();
    if (end != null) {
      view.setEndTime(WireTime.of(end.at()))
          .setEnding(States.wire(end.ending()))
          .setCause(end.cause())
          .setPeakMemoryBytes(end.peakMemoryBytes())
          .setCpuMillis(end.cpuMillis());
      if (end.ending() != Ending.SUCCEEDED) {
        view.setFailure(end.failure());
      }
    }
    return view.build();
  }
}
