package dev.scriptorium.server.catalog;

import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far an import is: what the database knows for certain, and what runs now.
 *
 * @param facts tiers 1 to 3
 * @param live jobs of the book that run now, as far as this server knows
 */
record ImportState(List<StageFact> facts, List<LiveJob> live) {
  private static final int TIERS = 3;

  /** Completes the facts. */
  ImportState {
    List<StageFact> all = new ArrayList<>();
    for (int tier = 1; tier <= TIERS; tier++) {
      int wanted = tier;
      all.add(
          facts.stream()
              .filter(fact -> fact.tier() == wanted)
              .findFirst()
              .orElse(StageFact.waiting(tier)));
    }
    facts = List.copyOf(all);
    live = List.copyOf(live);
  }

  /** True when nothing more will happen. */
  boolean ended() {
    return facts.stream().allMatch(StageFact::ended);
  }

  /** Fills state, stages, failure and degraded. */
  void describe(Book.Builder book) {
    book.setState(state()).setDegraded(degraded()).clearStages();
    facts.forEach(fact -> book.addStages(stage(fact)));
    failure().ifPresent(book::setFailure);
  }

  /** What is being done now; empty when nothing runs. */
  String activity() {
    return live.stream()
        .min(Comparator.comparingInt(LiveJob::tier).thenComparingLong(LiveJob::id))
        .map(LiveJob::describe)
        .orElse("");
  }

  private Book.State state() {
    if (facts.get(0).failed() || facts.get(1).failed()) {
      return Book.State.STATE_FAILED;
    }
    if (facts.get(2).done()) {
      return Book.State.STATE_ANALYZED;
    }
    if (facts.get(1).done()) {
      return Book.State.STATE_READABLE;
    }
    return facts.get(0).done() ? Book.State.STATE_INSPECTED : Book.State.STATE_UPLOADED;
  }

  private boolean degraded() {
    boolean analysisMissing = facts.get(1).done() && facts.get(2).failed();
    return analysisMissing || facts.stream().anyMatch(StageFact::degraded);
  }

  // The cause, rather than what fell with it.
  private Optional<Failure> failure() {
    return facts.stream()
        .filter(StageFact::failed)
        .map(StageFact::failure)
        .min(Comparator.comparing(ImportState::isConsequence));
  }

  private static boolean isConsequence(Failure failure) {
    return failure.getReason() == ErrorReason.ERROR_REASON_DEPENDENCY_FAILED;
  }

  private Stage stage(StageFact fact) {
    Stage.Builder stage =
        Stage.newBuilder().setTier(fact.tier()).setElapsedMillis(fact.elapsedMillis());
    return switch (fact.state()) {
      case DONE -> stage.setState(Stage.State.STATE_DONE).setPercent(100).build();
      case FAILED -> stage.setState(Stage.State.STATE_FAILED).build();
      case WAITING -> open(stage, fact);
    };
  }

  private Stage open(Stage.Builder stage, StageFact fact) {
    List<LiveJob> running = live.stream().filter(job -> job.tier() == fact.tier()).toList();
    boolean begun = !running.isEmpty() || fact.slicesDone() > 0;
    return stage
        .setState(begun ? Stage.State.STATE_RUNNING : Stage.State.STATE_WAITING)
        .setPercent(percent(fact, running))
        .build();
  }

  // Tier 3 is all slices and the summary; each counts the same. Never 100 before the end.
  private static int percent(StageFact fact, List<LiveJob> running) {
    int parts = fact.slicesTotal() + 1;
    int sum = fact.slicesDone() * 100 + running.stream().mapToInt(LiveJob::percent).sum();
    return Math.clamp(sum / parts, 0, 99);
  }
}
