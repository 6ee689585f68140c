package dev.scriptorium.server.reading;

import dev.scriptorium.server.reading.StepGroup.Fate;
import dev.scriptorium.server.reading.StepStore.Facts;
import dev.scriptorium.v1.UpdateProgressRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What the last steps of readers left behind, so that the next ones need not be looked up: the same
 * device, on in the same chapter of a book of the reader's own. It may be outdated, by another
 * server or a change of the book; the statement that moves the reader finds that out. Not
 * thread-safe.
 */
final class KnownPlaces {
  private static final int MOST = 10_000;

  /** After a mistake everything is looked up for a while: readers who change servers cause many. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /**
   * @param requestId of the last step: who repeats that has to be told what became of it
   */
  private record Known(String device, Optional<UUID> requestId, Facts facts) {
    Known(Ask last, Facts facts) {
      this(last.request().getDevice(), last.requestId(), facts);
    }

    boolean suits(Ask next) {
      UpdateProgressRequest request = next.request();
      return device.equals(request.getDevice())
          && (requestId.isEmpty() || !requestId.equals(next.requestId()))
          && facts.chapterHolds(request.getOffset())
          && isOnward(request);
    }

    // What comes late has to be compared with all steps of the device, and of those that did not
    // move the head another server may have taken some.
    private boolean isOnward(UpdateProgressRequest request) {
      return !request.hasEventTime()
          || Optional.ofNullable(facts.head())
              .filter(head -> head.place().revision() == request.getBaseRevision())
              .isPresent();
    }
  }

  // The ones not used for longest go first.
  private final Map<Ask.Key, Known> places =
      new LinkedHashMap<>(16, 0.75f, true) {
        @java.io.Serial private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Ask.Key, Known> eldest) {
          return size() > MOST;
        }
      };

  private Instant pausedUntil = Instant.MIN;

  /** What is known of each step, in their order; of several in one place nothing. */
  List<Optional<Facts>> of(List<Ask> asks, Instant now) {
    if (now.isBefore(pausedUntil)) {
      return asks.stream().map(_ -> Optional.<Facts>empty()).toList();
    }
    Set<Ask.Key> shared = shared(asks);
    return asks.stream()
        .map(ask -> shared.contains(ask.key()) ? Optional.<Facts>empty() : of(ask))
        .toList();
  }

  private Optional<Facts> of(Ask ask) {
    return Optional.ofNullable(places.get(ask.key()))
        .filter(known -> known.suits(ask))
        .map(Known::facts);
  }

  /**
   * Remembers what a group that is committed has left.
   *
   * @param fates of the steps, in their order
   */
  void learn(List<Ask> asks, List<Fate> fates) {
    Set<Ask.Key> shared = shared(asks);
    for (int i = 0; i < asks.size(); i++) {
      Ask ask = asks.get(i);
      places.remove(ask.key());
      if (fates.get(i) instanceof Fate.Taken taken && !shared.contains(ask.key())) {
        taken
            .facts()
            .after(taken.entry())
            .ifPresent(facts -> places.put(ask.key(), new Known(ask, facts)));
      }
    }
  }

  /** Places of several steps: what is known before a group does not hold for all of them. */
  private static Set<Ask.Key> shared(List<Ask> asks) {
    Set<Ask.Key> once = new HashSet<>();
    return asks.stream().map(Ask::key).filter(key -> !once.add(key)).collect(Collectors.toSet());
  }

  /** Forgets places that may be otherwise. */
  void forget(Collection<Ask.Key> keys) {
    keys.forEach(places::remove);
  }

  /** Something here was outdated. */
  void mistaken(Instant now) {
    pausedUntil = now.plus(PAUSE);
  }
}
