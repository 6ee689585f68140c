package dev.scriptorium.loadtest.simulate;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.jobs.AttemptRef;
import dev.scriptorium.server.jobs.Dispatch;
import dev.scriptorium.server.jobs.IncarnationDeadException;
import dev.scriptorium.server.jobs.Outcome;
import dev.scriptorium.server.jobs.OutcomeStore;
import dev.scriptorium.server.jobs.Report;
import dev.scriptorium.server.jobs.Saved;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.server.jobs.schedule.Decision;
import dev.scriptorium.server.jobs.schedule.Ending;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.v1.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Dispatches and outcomes in the simulated ledger. */
final class SimulatedOutcomeStore implements OutcomeStore {
  private static final Comparator<Outcome> BY_KEY =
      Comparator.comparingLong((Outcome outcome) -> outcome.report().job())
          .thenComparingInt(outcome -> outcome.report().attempt());

  private final World world;
  private final SimulatedLedger ledger;

  SimulatedOutcomeStore(World world, SimulatedLedger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  @Override
  public void insertDispatches(Handle handle, long incarnation, List<Dispatch> dispatches) {
    guard(incarnation);
    for (Dispatch dispatch : dispatches) {
      ledger.insert(new Row.DispatchRow(dispatch, incarnation));
    }
  }

  @Override
  public Set<AttemptRef> insert(Handle handle, long incarnation, List<Outcome> outcomes) {
    guard(incarnation);
    return insert(outcomes);
  }

  private void guard(long incarnation) {
    ledger.lockShared(incarnation);
    if (world.variant != Variant.NO_GUARD && world.tables.deaths.containsKey(incarnation)) {
      throw new IncarnationDeadException(incarnation);
    }
  }

  private Set<AttemptRef> insert(List<Outcome> outcomes) {
    List<Outcome> sorted = new ArrayList<>(outcomes);
    sorted.sort(BY_KEY);
    if (world.variant == Variant.UNSORTED_BATCH) {
      Collections.shuffle(sorted, Random.from(world.random));
    }
    Set<AttemptRef> won = new HashSet<>();
    @Nullable Outcome before = null;
    for (Outcome outcome : sorted) {
      world.counts.checked(Invariant.LOCK_ORDER);
      if (before != null && BY_KEY.compare(before, outcome) > 0) {
        world.witness.violated(
            Invariant.LOCK_ORDER,
            "two groups may wait for each other: " + ref(before) + ", " + ref(outcome));
      }
      before = outcome;
      if (insert(outcome)) {
        won.add(ref(outcome));
      }
    }
    return won;
  }

  private boolean insert(Outcome outcome) {
    Row.OutcomeRow row = new Row.OutcomeRow(outcome);
    if (ledger.insert(row)) {
      return true;
    }
    Outcome stored = stored(outcome.report().job(), outcome.report().attempt());
    boolean own =
        stored != null
            && stored.report().token() != null
            && Objects.equals(stored.report().token(), outcome.report().token());
    if (world.variant == Variant.NO_FENCE || (world.variant == Variant.DUPLICATE_COMPLETE && own)) {
      ledger.current().rows.add(row);
      return true;
    }
    return false;
  }

  private static AttemptRef ref(Outcome outcome) {
    return new AttemptRef(outcome.report().job(), outcome.report().attempt());
  }

  // What this transaction has written itself it sees before the others do.
  private @Nullable Outcome stored(long job, int attempt) {
    for (Row row : ledger.current().rows) {
      if (row instanceof Row.OutcomeRow(Outcome mine)
          && mine.report().job() == job
          && mine.report().attempt() == attempt) {
        return mine;
      }
    }
    return world.tables.outcome(job, attempt);
  }

  @Override
  public Set<Long> insertFallen(
      Handle handle, Map<Long, Integer> attempts, String message, Instant endedAt) {
    List<Outcome> fallen = new ArrayList<>();
    attempts.forEach(
        (job, attempt) ->
            fallen.add(
                new Outcome(
                    fall(job, attempt, message), new Decision(Ending.FAILED, null), endedAt)));
    Set<Long> jobs = new HashSet<>();
    insert(fallen).forEach(ref -> jobs.add(ref.job()));
    return jobs;
  }

  private static Report fall(long job, int attempt, String message) {
    return new Report(
        job,
        attempt,
        null,
        "",
        Ending.FAILED,
        false,
        Failure.newBuilder()
            .setReason(ErrorReason.ERROR_REASON_DEPENDENCY_FAILED)
            .setMessage(message)
            .build(),
        Report.Details.NONE,
        Usage.getDefaultInstance(),
        null,
        null);
  }

  @Override
  public void insertCheckpoints(Handle handle, List<Saved> checkpoints) {
    for (Saved saved : checkpoints) {
      // As the statement does it: one more than the last, unless somebody else writes that now.
      int last =
          checkpoints(saved.attempt().job()).mapToInt(Row.CheckpointRow::number).max().orElse(0);
      try {
        ledger.insert(new Row.CheckpointRow(saved.attempt(), last + 1, saved.state()));
      } catch (LedgerException e) {
        world.witness.checkpoints.refused(saved.state());
        throw e;
      }
    }
  }

  private Stream<Row.CheckpointRow> checkpoints(long job) {
    return Stream.concat(
        world.tables.checkpoints.getOrDefault(job, List.of()).stream(),
        ledger.current().rows.stream()
            .filter(Row.CheckpointRow.class::isInstance)
            .map(Row.CheckpointRow.class::cast)
            .filter(row -> row.attempt().job() == job));
  }

  @Override
  public ByteString checkpoint(Handle handle, long job) {
    Comparator<Row.CheckpointRow> order =
        Comparator.comparingInt((Row.CheckpointRow row) -> row.attempt().attempt())
            .thenComparingInt(Row.CheckpointRow::number);
    return switch (world.variant) {
      case CHECKPOINT_FORGOTTEN -> ByteString.EMPTY;
      case CHECKPOINT_OLD -> state(checkpoints(job).min(order));
      default -> state(checkpoints(job).max(order));
    };
  }

  private static ByteString state(Optional<Row.CheckpointRow> saved) {
    return saved.map(Row.CheckpointRow::state).orElse(ByteString.EMPTY);
  }

  @Override
  public Optional<Stored> find(Handle handle, long job, int attempt) {
    return Optional.ofNullable(stored(job, attempt))
        .map(
            outcome ->
                new Stored(
                    outcome.decision(), outcome.report().token(), outcome.report().worker()));
  }

  @Override
  public Map<Long, StoredBlob> results(Handle handle, List<Long> jobs) {
    Map<Long, StoredBlob> results = new HashMap<>();
    for (long job : jobs) {
      world
          .tables
          .last(job)
          .map(outcome -> outcome.report().result())
          .ifPresent(blob -> results.put(job, blob));
    }
    return results;
  }

  @Override
  public Map<AttemptRef, Long> tokens(Handle handle, List<AttemptRef> attempts) {
    Map<AttemptRef, Long> tokens = new HashMap<>();
    for (AttemptRef attempt : attempts) {
      Outcome outcome = stored(attempt.job(), attempt.attempt());
      if (outcome != null) {
        tokens.put(attempt, Objects.requireNonNullElse(outcome.report().token(), 0L));
      }
    }
    return tokens;
  }
}
