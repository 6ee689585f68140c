package dev.scriptorium.loadtest.parse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One way to read all files once. */
interface Contender {
  /** What to call it in a table. */
  String name();

  /**
   * Reads every file to its end.
   *
   * @return characters or pages, as the contender counts
   */
  long pass(List<Path> files) throws IOException, InterruptedException;

  /** What passes took: nanoseconds, and what the last one counted. */
  record Timing(String name, List<Long> nanos, long count) {
    double medianSeconds() {
      List<Long> sorted = nanos.stream().sorted(Comparator.naturalOrder()).toList();
      return sorted.get(sorted.size() / 2) / 1e9;
    }
  }

  /** Times them in turns, so that what the machine does meanwhile meets all alike. */
  static List<Timing> race(
      List<? extends Contender> all, List<Path> files, int warmup, int measured)
      throws IOException, InterruptedException {
    List<Timing> timings = new ArrayList<>();
    all.forEach(one -> timings.add(new Timing(one.name(), new ArrayList<>(), 0)));
    for (int round = -warmup; round < measured; round++) {
      for (int i = 0; i < all.size(); i++) {
        long begin = System.nanoTime();
        long count = all.get(i).pass(files);
        long nanos = System.nanoTime() - begin;
        List<Long> before = timings.get(i).nanos();
        if (round >= 0) {
          before.add(nanos);
        }
        timings.set(i, new Timing(all.get(i).name(), before, count));
      }
    }
    return timings;
  }
}
