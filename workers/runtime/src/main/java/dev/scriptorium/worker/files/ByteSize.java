package dev.scriptorium.worker.files;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of memory. Written as a number with an optional unit, for example {@code 512m}. */
public record ByteSize(long bytes) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})\\s*([kmgt]?)i?b?");

  /** Checks the range. */
  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " bytes is below 0");
    }
  }

  /** So many mebibytes. */
  public static ByteSize ofMebibytes(long mebibytes) {
    return new ByteSize(mebibytes << 20);
  }

  /**
   * Reads {@code 536870912}, {@code 512m}, {@code 512 MiB}, {@code 2G}: units are powers of 1024.
   *
   * @throws IllegalArgumentException when the text is no size
   */
  public static ByteSize parse(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no size; write for example 512m or 2g");
    }
    int shift =
        switch (form.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          case "t" -> 40;
          default -> 0;
        };
    long count = Long.parseLong(form.group(1));
    if (count > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("'" + text + "' is too large");
    }
    return new ByteSize(count << shift);
  }

  /** This and the other together. */
  public ByteSize plus(ByteSize other) {
    return new ByteSize(Math.addExact(bytes, other.bytes));
  }

  /** Whole mebibytes, rounded down. */
  public long mebibytes() {
    return bytes >> 20;
  }

  @Override
  public String toString() {
    return mebibytes() > 0 ? mebibytes() + "m" : Long.toString(bytes);
  }
}
