package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a dependency is trusted. */
final class Breaker {
  /** So many failures in a row open it. */
  static final int OPENS_AT = 3;

  final String dependency;

  /** Kinds whose jobs have named it. */
  final List<Kind> kinds = new ArrayList<>(1);

  BreakerStatus.State state = BreakerStatus.State.CLOSED;
  int failures;

  /** Probes that have failed since it opened. */
  int failedProbes;

  /** OPEN: when the next probe may start, in microseconds. */
  long probeAt;

  /** When it was last named, in microseconds. */
  long failedAt;

  /** PROBING: the attempt that tries. */
  @Nullable Run probe;

  Breaker(String dependency) {
    this.dependency = dependency;
  }

  /** True when a job of its kinds may be offered; while it is not closed, as a probe. */
  boolean admits(long now) {
    return switch (state) {
      case CLOSED -> true;
      case OPEN -> now >= probeAt;
      case PROBING -> false;
    };
  }

  BreakerStatus status() {
    return new BreakerStatus(
        dependency,
        state,
        failures,
        state == BreakerStatus.State.OPEN ? Micros.instant(probeAt) : null,
        kinds.stream().map(kind -> kind.name).sorted().toList());
  }
}
