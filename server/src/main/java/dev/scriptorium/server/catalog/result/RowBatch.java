package dev.scriptorium.server.catalog.result;

import com.google.protobuf.MessageLite;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers rows and writes them in batches bounded in number and in bytes. Not thread-safe. */
public final class RowBatch<T> {
  private static final int MAX_ROWS = 1000;
  private static final long MAX_BYTES = 4 << 20;

  private final Consumer<List<T>> write;
  private final List<T> rows = new ArrayList<>();
  private long bytes;

  /**
   * @param write takes the rows gathered so far; must not keep the list
   */
  public RowBatch(Consumer<List<T>> write) {
    this.write = write;
  }

  /**
   * Adds a row, and writes when enough have gathered.
   *
   * @param weight what the row was made from
   */
  public void add(T row, MessageLite weight) {
    rows.add(row);
    bytes += weight.getSerializedSize();
    if (rows.size() >= MAX_ROWS || bytes >= MAX_BYTES) {
      flush();
    }
  }

  /** Writes what has gathered. */
  public void flush() {
    if (!rows.isEmpty()) {
      write.accept(rows);
      rows.clear();
      bytes = 0;
    }
  }
}
