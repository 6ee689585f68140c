package dev.scriptorium.server.jobs.schedule;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was learned from ended attempts; of so many kinds of work, the latest used. */
final class Learned {
  private static final int MOST = 1000;

  private final Map<JobClass, WorkStats> works = bounded();
  private final Map<String, Mean> kinds = bounded();

  /** What is known of a kind of work, and will be. */
  WorkStats of(JobClass work) {
    return works.computeIfAbsent(work, unknown -> new WorkStats());
  }

  /** An attempt took so long. */
  void took(String kind, double seconds) {
    if (seconds > 0) {
      kinds.computeIfAbsent(kind, unknown -> new Mean()).add(seconds);
    }
  }

  /** In seconds; 0 when nothing is known. */
  double meanSeconds(String kind) {
    Mean mean = kinds.get(kind);
    return mean == null ? 0 : mean.value();
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
