package dev.scriptorium.positions;

/**
 * Where canonical text and source run side by side: within a run, one code point further in the one
 * is one UTF-16 unit further in the other. Runs stand in reading order and never overlap. Not
 * thread-safe.
 */
public final class SourceRuns {
  private static final int MAX_RUNS = 500_000;

  final IntList starts = new IntList();
  final IntList lengths = new IntList();
  final IntList chunks = new IntList();
  final IntList sources = new IntList();

  /**
   * Adds a run, unless there are too many.
   *
   * @param start in the canonical text, in code points; at least the end of the run before
   * @param length in code points; 0 for a bare place
   * @param chunk what {@link SourcePath#chunk} gave
   * @param source in the piece of text, in UTF-16 units
   */
  public void add(int start, int length, int chunk, int source) {
    if (starts.size() < MAX_RUNS && chunk >= 0) {
      starts.add(start);
      lengths.add(length);
      chunks.add(chunk);
      sources.add(source);
    }
  }

  int size() {
    return starts.size();
  }

  int end(int run) {
    return starts.get(run) + lengths.get(run);
  }

  /** The last run that begins at or before an offset; -1 when there is none. */
  int at(int offset) {
    return lastAtMost(starts, 0, size(), offset);
  }

  /** First run of a piece of text; {@link #size()} when it and all after it have none. */
  int firstOf(int chunk) {
    return lastAtMost(chunks, 0, size(), chunk - 1) + 1;
  }

  /** The last of the runs in a range whose source begins at or before a place; else the first. */
  int atSource(int from, int to, int source) {
    return Math.max(from, lastAtMost(sources, from, to, source));
  }

  private static int lastAtMost(IntList sorted, int from, int to, int value) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.get(middle) <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
