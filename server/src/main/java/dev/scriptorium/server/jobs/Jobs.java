package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.server.jobs.schedule.Standing;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Job.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/**
 * What callers may see of jobs and do to them: operators everybody's, others their own.
 * Thread-safe.
 */
public final class Jobs {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Database api;
  private final Database scheduler;
  private final LiveJobs live;
  private final JobRetries retries;
  private final ServerEndings endings;
  private final JobWatch watch;
  private final JobLog log = new JobLog();
  private final JobView view;

  /**
   * A page of jobs.
   *
   * @param below where the next page begins: only jobs with a lower id; 0 when there is none
   */
  record Page(List<dev.scriptorium.v1.Job> jobs, long below) {}

  Jobs(
      Database api,
      Database scheduler,
      LiveJobs live,
      JobRetries retries,
      ServerEndings endings,
      JobWatch watch) {
    this.api = api;
    this.scheduler = scheduler;
    this.live = live;
    this.retries = retries;
    this.endings = endings;
    this.watch = watch;
    this.view = new JobView(live);
  }

  /**
   * One job; for operators with the runners' logs.
   *
   * @throws ApiException JOB_NOT_FOUND
   */
  dev.scriptorium.v1.Job get(Caller caller, long id) {
    return read(
        caller,
        h -> {
          dev.scriptorium.v1.Job job = show(h, List.of(find(h, caller, id))).getFirst();
          return caller.role() == Role.OPERATOR ? JobView.withLogs(job, log.logs(h, id)) : job;
        });
  }

  private Job find(Handle handle, Caller caller, long id) {
    return log.find(handle, List.of(id)).stream()
        .filter(job -> caller.role() == Role.OPERATOR || job.owner().equals(caller.owner()))
        .findFirst()
        .orElseThrow(() -> notFound(id));
  }

  private List<dev.scriptorium.v1.Job> show(Handle handle, List<Job> jobs) {
    Map<Long, List<JobLog.Attempt>> attempts =
        log.attempts(handle, jobs.stream().map(Job::id).toList());
    return jobs.stream()
        .map(job -> view.of(job, attempts.getOrDefault(job.id(), List.of())))
        .toList();
  }

  // Row-level security shows the API's role one owner's rows, which is not enough for an operator.
  private <T> T read(Caller caller, HandleCallback<T, RuntimeException> work) {
    return caller.role() == Role.OPERATOR
        ? scheduler.inTransaction(work)
        : api.inTransaction(caller.owner(), work);
  }

  /**
   * Jobs, newest first.
   *
   * @param book only this book's; null for all
   * @param state only in this state; STATE_UNSPECIFIED for all
   * @param below only jobs with a lower id
   * @param size 1 to 1000
   */
  Page list(Caller caller, @Nullable UUID book, State state, long below, int size) {
    UUID owner = caller.role() == Role.OPERATOR ? null : caller.owner();
    return read(
        caller,
        handle -> {
          List<Job> found =
              isOpen(state)
                  ? open(handle, owner, book, state, below, size + 1)
                  : log.list(handle, new JobLog.Filter(owner, book, endings(state), below));
          List<Job> page = found.subList(0, Math.min(size, found.size()));
          return new Page(show(handle, page), found.size() > size ? page.getLast().id() : 0);
        });
  }

  private static boolean isOpen(State state) {
    return state == State.STATE_BLOCKED
        || state == State.STATE_WAITING
        || state == State.STATE_RUNNING;
  }

  private static List<Ending> endings(State state) {
    return Arrays.stream(Ending.values()).filter(ending -> States.of(ending) == state).toList();
  }

  // What has not ended is in memory: the table cannot be asked for what is not in it.
  private List<Job> open(
      Handle handle, @Nullable UUID owner, @Nullable UUID book, State state, long below, int size) {
    Map<Job, Standing> standings =
        live.standings(
            job ->
                job.id() < below
                    && (owner == null || job.owner().equals(owner))
                    && (book == null || job.book().equals(book)));
    List<Long> ids =
        standings.entrySet().stream()
            .filter(entry -> States.of(entry.getValue().phase()) == state)
            .map(entry -> entry.getKey().id())
            .sorted(Comparator.reverseOrder())
            .limit(size)
            .toList();
    return log.find(handle, ids);
  }

  /**
   * Cancels a job.
   *
   * @throws ApiException JOB_NOT_FOUND; JOB_STATE when it has ended
   */
  dev.scriptorium.v1.Job cancel(Caller caller, long id) {
    Job job = read(caller, h -> find(h, caller, id));
    if (!cancelled(job)) {
      throw wrongState(get(caller, id));
    }
    return get(caller, id);
  }

  private boolean cancelled(Job job) {
    try {
      return endings
          .cancel(job, "cancelled by its owner")
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the server is shutting down");
    } catch (ExecutionException | TimeoutException e) {
      ApiException unavailable = unavailable("the cancellation could not be written in time");
      unavailable.initCause(e);
      throw unavailable;
    }
  }

  /**
   * Does a job again, and what fell with it.
   *
   * @return the new job
   * @throws ApiException JOB_NOT_FOUND; JOB_STATE when it has not failed, or was done again already
   */
  dev.scriptorium.v1.Job retry(Caller caller, long id) {
    Job job = read(caller, h -> find(h, caller, id));
    long again = retries.retry(job).orElseThrow(() -> wrongState(get(caller, id)));
    return get(caller, again);
  }

  /** Begins to follow a job; to be closed. */
  JobWatch.Follower follow(long id) {
    return watch.follow(id);
  }

  /**
   * Jobs that have not ended, by kind.
   *
   * @param owner whose; null for everybody's
   */
  public List<JobDepth> depths(@Nullable UUID owner) {
    Map<String, JobDepth> depths = new TreeMap<>();
    live.standings(job -> owner == null || job.owner().equals(owner))
        .forEach(
            (job, standing) ->
                depths.merge(
                    job.kind(), JobDepth.of(job.kind(), standing.phase()), JobDepth::plus));
    return List.copyOf(depths.values());
  }

  private static ApiException notFound(long id) {
    return new ApiException(
        ErrorReason.ERROR_REASON_JOB_NOT_FOUND,
        "there is no job " + id,
        Map.of("job", JobName.of(id)));
  }

  private static ApiException wrongState(dev.scriptorium.v1.Job job) {
    String state = job.getState().name().substring("STATE_".length());
    return new ApiException(
        ErrorReason.ERROR_REASON_JOB_STATE,
        job.getName() + " is " + state + ", or another job has taken its place",
        Map.of("job", job.getName(), "state", state));
  }

  private static ApiException unavailable(String message) {
    return new ApiException(
        ErrorReason.ERROR_REASON_DATABASE_UNAVAILABLE, message, Map.of(), RETRY_AFTER);
  }
}
