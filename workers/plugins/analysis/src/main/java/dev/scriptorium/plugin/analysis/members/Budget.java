package dev.scriptorium.plugin.analysis.members;

import java.util.Optional;

/** What a job may still use of what it was given. */
@FunctionalInterface
public interface Budget {
  /** What is nearly used up; empty while there is enough of everything. */
  Optional<Shortage> shortage();

  /** Enough of everything, always. */
  static Budget unlimited() {
    return Optional::empty;
  }

  /** What may run short. */
  enum Shortage {
    TIME,
    MEMORY
  }
}
