package dev.scriptorium.loadtest.simulate;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What all parts of one schedule share. */
final class World {
  final Agenda agenda = new Agenda();
  final RandomGenerator random;
  final Variant variant;
  final Tables tables = new Tables();
  final Counts counts = new Counts();
  final Witness witness;
  final Handle ticket;
  private final @Nullable Trace trace;

  /** True as long as things go wrong. */
  boolean stormy = true;

  private Faults faults;
  private long moments;

  /** Takes note of what happens. */
  interface Trace {
    void say(long millis, String what);
  }

  World(
      RandomGenerator random,
      Variant variant,
      Faults faults,
      Handle ticket,
      @Nullable Trace trace) {
    this.random = random;
    this.variant = variant;
    this.faults = faults;
    this.ticket = ticket;
    this.trace = trace;
    this.witness = new Witness(this);
  }

  Faults faults() {
    return faults;
  }

  void calm() {
    stormy = false;
    faults = Faults.NONE;
  }

  boolean chance(double share) {
    return share > 0 && random.nextDouble() < share;
  }

  /** From 1 to a bound. */
  int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  /** Puts what happens in an order, also what happens at the same time. */
  long moment() {
    return ++moments;
  }

  long now() {
    return agenda.now();
  }

  void trace(Supplier<String> what) {
    if (trace != null) {
      trace.say(now(), what.get());
    }
  }
}
