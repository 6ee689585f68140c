package dev.scriptorium.server.reading;

import dev.scriptorium.server.reading.StepGroup.Fate;
import dev.scriptorium.server.reading.StepStore.Entry;
import dev.scriptorium.server.reading.StepStore.Made;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.UpdateProgressResponse;
import dev.scriptorium.v1.UpdateProgressResponse.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Makes the answers to a group of steps; only those that were not applied need a statement. */
final class StepAnswers {
  private final ProgressStore store;
  private final Instant now;

  /**
   * @param now the server's clock when the steps were taken
   */
  StepAnswers(ProgressStore store, Instant now) {
    this.store = store;
    this.now = now;
  }

  /** What is said of each fate, in their order; of a refused one the default. */
  List<UpdateProgressResponse> of(Handle handle, List<Fate> fates) {
    Set<Long> wanted = new TreeSet<>();
    fates.forEach(fate -> wanted.addAll(places(fate)));
    Map<Long, Progress> places = wanted.isEmpty() ? Map.of() : store.places(handle, wanted);
    return fates.stream().map(fate -> answer(fate, places)).toList();
  }

  private static Set<Long> places(Fate fate) {
    return switch (fate) {
      case Fate.Refused _ -> Set.of();
      case Fate.Taken(Entry entry, _, _) ->
          entry.headEventId() == null ? Set.of() : Set.of(entry.headEventId());
      case Fate.Repeated(Made made) ->
          made.headEventId() == made.eventId()
              ? Set.of(made.eventId())
              : Set.of(made.eventId(), made.headEventId());
    };
  }

  private UpdateProgressResponse answer(Fate fate, Map<Long, Progress> places) {
    return switch (fate) {
      case Fate.Refused _ -> UpdateProgressResponse.getDefaultInstance();
      case Fate.Taken taken -> taken(taken, places);
      case Fate.Repeated(Made made) -> repeated(made, places);
    };
  }

  private UpdateProgressResponse taken(Fate.Taken taken, Map<Long, Progress> places) {
    Entry entry = taken.entry();
    Progress own = own(taken);
    UpdateProgressResponse.Builder response =
        UpdateProgressResponse.newBuilder()
            .setOutcome(entry.resolution().wire())
            .setProgress(
                entry.headEventId() == null
                    ? own
                    : places.getOrDefault(entry.headEventId(), Progress.getDefaultInstance()));
    if (entry.resolution() == Resolution.CONFLICT) {
      response.setOffered(own);
    }
    return response.build();
  }

  private Progress own(Fate.Taken taken) {
    Entry entry = taken.entry();
    int chapter = taken.facts().chapter();
    long offset = entry.step().offset();
    return new ProgressHead(
            entry.ask().book(),
            entry.revision(),
            offset,
            chapter,
            chapter == 0 ? 0 : Math.toIntExact(offset - taken.facts().chapterStart()),
            taken.bookLength(),
            entry.step().device(),
            entry.step().eventAt(),
            now)
        .toMessage();
  }

  private static UpdateProgressResponse repeated(Made made, Map<Long, Progress> places) {
    UpdateProgressResponse.Builder response =
        UpdateProgressResponse.newBuilder()
            .setOutcome(Outcome.OUTCOME_DUPLICATE)
            .setProgress(places.getOrDefault(made.headEventId(), Progress.getDefaultInstance()));
    if (made.resolution() == Resolution.CONFLICT) {
      response.setOffered(places.getOrDefault(made.eventId(), Progress.getDefaultInstance()));
    }
    return response.build();
  }
}
