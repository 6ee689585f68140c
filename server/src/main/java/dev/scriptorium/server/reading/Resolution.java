package dev.scriptorium.server.reading;

import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import dev.scriptorium.v1.UpdateProgressResponse.Outcome;
import java.time.Instant;
import java.util.Optional;

/** Decides what becomes of a step. Pure. */
enum Resolution {
  /** It is the resolved head now. */
  APPLIED,
  /** Another place stays. */
  STALE,
  /** The reader has to choose. */
  CONFLICT;

  /** The outcome of the API. */
  Outcome wire() {
    return switch (this) {
      case APPLIED -> Outcome.OUTCOME_APPLIED;
      case STALE -> Outcome.OUTCOME_STALE;
      case CONFLICT -> Outcome.OUTCOME_CONFLICT;
    };
  }

  /**
   * The resolved head before a step.
   *
   * @param revision 0 when there is none
   * @param offset book offset
   * @param eventAt when the reader was there
   */
  record Head(long revision, long offset, Instant eventAt) {}

  /**
   * @param head before the step
   * @param othersMoved true when another device made a revision greater than the step's base
   * @param lastOfDevice time of the device's own last place; empty when it has none
   */
  static Resolution of(Step step, Head head, boolean othersMoved, Optional<Instant> lastOfDevice) {
    if (step.baseRevision() == head.revision()
        || step.policy() == ConflictPolicy.CONFLICT_POLICY_FORCE) {
      return APPLIED;
    }
    if (!othersMoved) {
      // Only the device itself has moved: a step that comes late is one it made before that.
      boolean late = lastOfDevice.filter(step.eventAt()::isBefore).isPresent();
      return late ? STALE : APPLIED;
    }
    return switch (step.policy()) {
      case CONFLICT_POLICY_NEWEST -> appliedIf(step.eventAt().isAfter(head.eventAt()));
      case CONFLICT_POLICY_FURTHEST -> appliedIf(step.offset() > head.offset());
      case CONFLICT_POLICY_ASK, CONFLICT_POLICY_UNSPECIFIED, CONFLICT_POLICY_FORCE, UNRECOGNIZED ->
          CONFLICT;
    };
  }

  private static Resolution appliedIf(boolean wins) {
    return wins ? APPLIED : STALE;
  }
}
