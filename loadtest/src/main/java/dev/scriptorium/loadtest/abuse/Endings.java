package dev.scriptorium.loadtest.abuse;

import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts how calls have ended. Thread-safe. */
final class Endings {
  private final Map<Status.Code, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final LongAdder begun = new LongAdder();

  void begun() {
    begun.increment();
  }

  void ended(Status.Code code) {
    counts.computeIfAbsent(code, _ -> new LongAdder()).increment();
  }

  /** One line: calls that were made, and how many ended how. */
  @Override
  public String toString() {
    return begun
        + " begun"
        + counts.entrySet().stream()
            .map(count -> ", " + count.getValue() + " " + count.getKey())
            .collect(Collectors.joining());
  }
}
