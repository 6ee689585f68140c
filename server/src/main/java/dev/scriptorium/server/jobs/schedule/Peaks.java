package dev.scriptorium.server.jobs.schedule;

import java.util.Arrays;

/**
 * The last peaks of memory that attempts of one kind of work with inputs of one size had, and how
 * long they took.
 */
final class Peaks {
  private static final int KEPT = 32;

  // In KiB: in the order they came, and sorted.
  private final int[] recent = new int[KEPT];
  private final int[] sorted = new int[KEPT];
  private int size;
  private int next;
  final Mean seconds = new Mean();

  void add(long bytes) {
    int kib = (int) Math.min((bytes + 1023) >>> 10, Integer.MAX_VALUE);
    if (size == KEPT) {
      int at = Arrays.binarySearch(sorted, 0, size, recent[next]);
      System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
      size--;
    }
    int found = Arrays.binarySearch(sorted, 0, size, kib);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = kib;
    size++;
    recent[next] = kib;
    next = (next + 1) % KEPT;
  }

  /** In bytes, what 95 of 100 do not exceed; 0 when nothing is known. */
  long p95() {
    return size == 0 ? 0 : (long) sorted[(size * 95 + 99) / 100 - 1] << 10;
  }
}
