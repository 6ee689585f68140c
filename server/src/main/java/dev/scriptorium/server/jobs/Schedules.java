package dev.scriptorium.server.jobs;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that come again and again. Every server knows every schedule; whoever is first adds the job
 * of a turn, in the transaction that takes the turn. Thread-safe.
 */
final class Schedules {
  private static final Logger log = LoggerFactory.getLogger(Schedules.class);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int LONGEST_NAME = 100;
  private static final String UNIQUE = "schedule ";

  private final Database database;
  private final Enqueuer queue;
  private final InstantSource clock;
  private final ScheduleStore store = new ScheduleStore();
  private final SubmissionStore submissions = new SubmissionStore();
  private volatile List<ScheduleStore.Row> known = List.of();

  Schedules(Database database, Enqueuer queue, InstantSource clock) {
    this.database = database;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Adds a schedule, or replaces the one of that name.
   *
   * @throws ApiException INVALID_FIELD
   */
  Schedule put(Caller caller, Schedule schedule) {
    ScheduleStore.Row wanted = read(caller, schedule);
    Optional<Instant> next =
        schedule.hasNextTime()
            ? Optional.of(WireTime.parse("schedule.next_time", schedule.getNextTime()))
            : Optional.empty();
    ScheduleStore.Row row = database.inTransaction(h -> store.put(h, wanted, next));
    refresh();
    return describe(row);
  }

  private static ScheduleStore.Row read(Caller caller, Schedule schedule) {
    String name = schedule.getName();
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
      throw InvalidField.of("schedule.name", name, "1 to " + LONGEST_NAME + " characters");
    }
    Duration every =
        Duration.ofSeconds(schedule.getEvery().getSeconds(), schedule.getEvery().getNanos());
    if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
      throw InvalidField.of("schedule.every", every, "1 second to 366 days");
    }
    dev.scriptorium.v1.NewJob job = schedule.getJob();
    if (job.hasRunTime() || job.getAfterCount() > 0 || !job.getUniqueKey().isEmpty()) {
      throw InvalidField.of("schedule.job", "run_time, after or unique_key", "none of these");
    }
    SubmittedJobs jobs = new SubmittedJobs(caller.owner());
    jobs.read(List.of(job));
    return new ScheduleStore.Row(name, caller.owner(), every, job, Instant.EPOCH);
  }

  List<Schedule> list() {
    return database.inTransaction(store::all).stream().map(Schedules::describe).toList();
  }

  /**
   * Removes a schedule.
   *
   * @throws ApiException SCHEDULE_NOT_FOUND
   */
  void delete(String name) {
    if (!database.inTransaction(h -> store.delete(h, name))) {
      throw new ApiException(
          ErrorReason.ERROR_REASON_SCHEDULE_NOT_FOUND,
          "there is no schedule " + name,
          Map.of("schedule", name));
    }
    refresh();
  }

  private static Schedule describe(ScheduleStore.Row row) {
    return Schedule.newBuilder()
        .setName(row.name())
        .setEvery(
            com.google.protobuf.Duration.newBuilder()
                .setSeconds(row.every().toSeconds())
                .setNanos(row.every().toNanosPart()))
        .setJob(row.job())
        .setNextTime(WireTime.of(row.nextAt()))
        .build();
  }

  /** Reads what other servers may have changed. */
  void refresh() {
    known = database.inTransaction(store::all);
  }

  /** Adds the jobs of the turns that are due. */
  void tick() {
    Instant now = clock.instant();
    List<ScheduleStore.Row> due = known.stream().filter(row -> !row.nextAt().isAfter(now)).toList();
    if (due.isEmpty()) {
      return;
    }
    boolean any = false;
    for (ScheduleStore.Row row : due) {
      any |= new Turn(row).take();
    }
    if (any) {
      refresh();
    } else {
      // Another server was first, or our clock is ahead: asked again at the next refresh, not at
      // every tick until then.
      known = known.stream().filter(row -> !due.contains(row)).toList();
    }
  }

  /** One turn, while its transaction is under way. */
  private final class Turn {
    private final ScheduleStore.Row row;
    private Enqueuer.@Nullable Batch batch;

    Turn(ScheduleStore.Row row) {
      this.row = row;
    }

    /** True when the turn was this server's. */
    boolean take() {
      boolean taken;
      try {
        taken = database.inTransaction(this::write);
      } catch (RuntimeException e) {
        if (batch != null) {
          batch.abandoned();
        }
        log.warn("schedule {} waits: {}", row.name(), RootCause.of(e));
        return false;
      }
      if (batch != null) {
        batch.committed();
      }
      return taken;
    }

    private boolean write(Handle handle) {
      if (!store.takeTurn(handle, row)) {
        return false;
      }
      String key = UNIQUE + row.name();
      Set<OwnedKey> held = Set.of(new OwnedKey(row.owner(), key));
      if (!submissions.unfinished(handle, held).isEmpty()) {
        log.info("a turn of schedule {} is left out: its last job has not ended", row.name());
        return true;
      }
      dev.scriptorium.v1.NewJob job = row.job().toBuilder().setUniqueKey(key).build();
      Enqueuer.Batch written =
          queue.enqueue(handle, new SubmittedJobs(row.owner()).read(List.of(job)));
      batch = written;
      submissions.reserve(handle, UniqueJobs.reserved(written.jobs()));
      return true;
    }
  }
}
