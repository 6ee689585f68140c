package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.files.ByteSize;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many runners a worker keeps. */
record RunnerCount(int least, int most) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,4})(?:\\.\\.([0-9]{1,4}))?");

  /** Checks the order. */
  RunnerCount {
    if (least < 1 || most < least) {
      throw new IllegalArgumentException("runners " + least + ".." + most + ": at least 1");
    }
  }

  /**
   * Reads {@code 2} or {@code 1..4}; without a text it is 1 up to the number of processors, as far
   * as memory allows.
   *
   * @throws IllegalArgumentException when the text makes no sense, or the memory is not enough
   */
  static RunnerCount of(@Nullable String text, ByteSize budget, ByteSize each) {
    long fits = budget.bytes() / each.bytes();
    if (fits < 1) {
      throw new IllegalArgumentException(
          "memory %s: a runner of %s does not fit".formatted(budget, each));
    }
    if (text == null) {
      int processors = Runtime.getRuntime().availableProcessors();
      return new RunnerCount(1, (int) Math.min(processors, fits));
    }
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("runners '" + text + "': write for example 2 or 1..4");
    }
    int least = Integer.parseInt(form.group(1));
    int most = form.group(2) == null ? least : Integer.parseInt(form.group(2));
    if (most > fits) {
      throw new IllegalArgumentException(
          "memory %s: %d runners of %s do not fit".formatted(budget, most, each));
    }
    return new RunnerCount(least, most);
  }
}
