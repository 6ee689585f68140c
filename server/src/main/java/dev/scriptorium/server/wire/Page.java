package dev.scriptorium.server.wire;

import com.google.protobuf.MessageLite;
import java.util.List;

/**
 * What fits on one page of a list.
 *
 * @param items at most the size asked for, and at most 1 MiB unless one item alone is larger
 * @param more true when items follow
 */
public record Page<T extends MessageLite>(List<T> items, boolean more) {
  private static final long MAX_BYTES = 1 << 20;

  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Cuts a page.
   *
   * @param found in the list's order; one more than {@code size} when there are more
   * @param size most items of the page, at least 1
   */
  public static <T extends MessageLite> Page<T> of(List<T> found, int size) {
    int count = 0;
    long bytes = 0;
    while (count < Math.min(found.size(), size)) {
      bytes += found.get(count).getSerializedSize();
      if (count > 0 && bytes > MAX_BYTES) {
        break;
      }
      count++;
    }
    return new Page<>(found.subList(0, count), count < found.size());
  }
}
