package dev.scriptorium.server.catalog.result;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a result one item at a time, so that no more than one item is in memory, and makes errors
 * that name the item. Not thread-safe; closes nothing.
 */
public final class ResultItems {
  private static final int MAX_ITEM_BYTES = 1 << 20;
  private static final int MAX_LENGTH_BYTES = 5;
  private static final int BUFFER_BYTES = 64 << 10;
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private final InputStream source;
  private int number;
  private String kind = "item";

  /**
   * @param source length-delimited ResultItem messages
   */
  public ResultItems(InputStream source) {
    this.source = new BufferedInputStream(source, BUFFER_BYTES);
  }

  /**
   * The next item; empty at the end.
   *
   * @throws ResultInvalidException when the bytes are no item, or one of more than 1 MiB
   */
  public Optional<ResultItem> next() throws IOException, ResultInvalidException {
    int first = source.read();
    if (first < 0) {
      return Optional.empty();
    }
    number++;
    kind = "item";
    int length = length(first);
    byte[] bytes = source.readNBytes(length);
    require(bytes.length == length, "it is complete");
    ResultItem item = parse(bytes);
    kind = item.getItemCase().name().toLowerCase(Locale.ROOT);
    return Optional.of(item);
  }

  /** The number of the last item read, from 1. */
  public int number() {
    return number;
  }

  /**
   * @param holds whether the last item read keeps the rule
   * @param rule what must be true, for example {@code start is at least 0}
   * @throws ResultInvalidException when it does not
   */
  public void require(boolean holds, String rule) throws ResultInvalidException {
    if (!holds) {
      throw new ResultInvalidException(kind + " (item " + number + "): " + rule);
    }
  }

  /** Checks a text that goes into the database, which cannot hold U+0000. */
  public String text(String field, String value) throws ResultInvalidException {
    require(value.indexOf('\0') < 0, field + " has no U+0000");
    return value;
  }

  /** Checks the hexadecimal form of a hash. */
  public void requireHash(String value) throws ResultInvalidException {
    require(SHA_256.matcher(value).matches(), "sha256 has 64 hexadecimal digits");
  }

  private int length(int first) throws IOException, ResultInvalidException {
    long length = first & 0x7f;
    int last = first;
    for (int i = 1; last >= 0x80; i++) {
      last = source.read();
      require(last >= 0 && i < MAX_LENGTH_BYTES, "its length is a complete varint");
      length |= (long) (last & 0x7f) << (7 * i);
    }
    require(length <= MAX_ITEM_BYTES, "it has at most " + MAX_ITEM_BYTES + " bytes");
    return (int) length;
  }

  private ResultItem parse(byte[] bytes) throws ResultInvalidException {
    try {
      return ResultItem.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new ResultInvalidException("item " + number + " is damaged: " + e.getMessage());
    }
  }
}
