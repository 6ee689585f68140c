package dev.scriptorium.loadtest.simulate;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.jobs.AttemptRef;
import dev.scriptorium.server.jobs.Outcome;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that an attempt gets the newest state that earlier ones have saved (I10). Of two workers
 * that run the same attempt, because a server does not know yet that it has an heir, the states
 * cannot be compared: whichever was written last is as good.
 */
final class CheckpointCheck {
  private final World world;

  // What a server has heard, and what it had heard when the worker said how the attempt ended.
  private final Map<Heard, State> heard = new HashMap<>();
  private final Map<Heard, State> beforeEnd = new HashMap<>();

  // Given up, or gone with a database that was told not to wait for its disk: work is done again.
  private final Set<State> lost = new HashSet<>();

  // What must not be forgotten any more, by job.
  private final Map<Long, List<Kept>> kept = new HashMap<>();

  // What has to be written because an end that was said after it is.
  private final Map<Long, List<State>> expected = new HashMap<>();

  /**
   * A state that a worker has saved.
   *
   * @param run number of the run, of all runs of all workers
   * @param count of the state, in its run
   */
  record State(long run, int count) {
    static Optional<State> of(ByteString bytes) {
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
      return Optional.of(new State(buffer.getLong(), buffer.getInt()));
    }

    boolean isFrom(State other) {
      return run == other.run && count >= other.count;
    }

    ByteString bytes() {
      return ByteString.copyFrom(ByteBuffer.allocate(12).putLong(run).putInt(count).flip());
    }
  }

  private record Heard(Life server, AttemptRef attempt) {}

  /**
   * A state that is committed.
   *
   * @param since moment of the commit
   */
  private record Kept(long since, int attempt, int number, State state) {}

  CheckpointCheck(World world) {
    this.world = world;
  }

  /** A server hears of a state of an attempt that is under way. */
  void heard(Life server, AttemptKey key, ByteString state) {
    State.of(state).ifPresent(it -> heard.put(new Heard(server, ref(key)), it));
  }

  /** A server hears how an attempt ended. */
  void reported(Life server, AttemptKey key) {
    Heard which = new Heard(server, ref(key));
    State state = heard.get(which);
    if (state != null) {
      beforeEnd.putIfAbsent(which, state);
    }
  }

  private static AttemptRef ref(AttemptKey key) {
    return new AttemptRef(key.job(), key.attempt());
  }

  // A state may get lost with a server or a database; not when the end that was said after it, on
  // the same server, is committed.
  void ended(Life server, Outcome outcome) {
    AttemptRef attempt = new AttemptRef(outcome.report().job(), outcome.report().attempt());
    State state = beforeEnd.get(new Heard(server, attempt));
    if (state == null || outcome.report().token() == null || lost.contains(state)) {
      return;
    }
    expected.computeIfAbsent(attempt.job(), it -> new ArrayList<>()).add(state);
  }

  void committed(Row.CheckpointRow row) {
    State.of(row.state())
        .ifPresent(
            state ->
                kept.computeIfAbsent(row.attempt().job(), it -> new ArrayList<>())
                    .add(new Kept(world.moment(), row.attempt().attempt(), row.number(), state)));
  }

  void vanished(Row.CheckpointRow row) {
    State.of(row.state())
        .ifPresent(
            state -> {
              lost.add(state);
              kept.getOrDefault(row.attempt().job(), new ArrayList<>())
                  .removeIf(it -> it.number == row.number() && it.state.equals(state));
            });
  }

  /**
   * A state is not written because a server that is stopped is just writing one; after some tries
   * that is given up.
   */
  void refused(ByteString state) {
    State.of(state).ifPresent(lost::add);
  }

  /** An attempt is offered, together with a state. */
  void offered(AttemptKey key, ByteString bytes, long decidedAt) {
    if (key.attempt() == 1) {
      return;
    }
    world.counts.checked(Invariant.I10);
    List<Kept> all = kept.getOrDefault(key.job(), List.of());
    for (State state : expected.getOrDefault(key.job(), List.of())) {
      boolean written = lost.contains(state) || all.stream().anyMatch(it -> it.state.isFrom(state));
      if (!written) {
        world.witness.violated(
            Invariant.I10, key + " is offered, and " + state + " that was saved is not written");
      }
    }
    Optional<State> newest =
        all.stream()
            .filter(it -> it.since <= decidedAt)
            .max(Comparator.comparingInt(Kept::attempt).thenComparingLong(Kept::since))
            .map(Kept::state);
    Optional<State> given = State.of(bytes);
    boolean good =
        newest.isEmpty()
            // What two servers write at once may be committed in another order than numbered.
            || given.filter(it -> it.isFrom(newest.get())).isPresent()
            // It was written after the decision.
            || all.stream()
                .anyMatch(it -> it.since > decidedAt && given.equals(Optional.of(it.state)));
    if (!good) {
      world.witness.violated(
          Invariant.I10, key + " is offered with " + given + ", and " + newest + " was saved");
    }
  }
}
