package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.files.ByteSize;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many runners a worker keeps. */
record RunnerCount(int least, int most) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,4})(?:\\.\\.([0-9]{1,4}))?");

  // A runner at work on an ordinary book.
  private static final ByteSize WARM = ByteSize.ofMebibytes(256);

  /** Checks the order. */
  RunnerCount {
    if (least < 1 || most < least) {
      throw new IllegalArgumentException("runners " + least + ".." + most + ": at least 1");
    }
  }

  /**
   * Reads {@code 2} or {@code 1..4}; {@code min} and {@code max} come before it. What is not said
   * is 1 up to the number of processors, as far as memory for warm runners allows.
   *
   * @param memory for all runners together
   * @param each what one of them may take
   * @throws IllegalArgumentException when the text makes no sense, or the memory is not enough
   */
  static RunnerCount of(
      @Nullable String text,
      @Nullable Integer min,
      @Nullable Integer max,
      ByteSize memory,
      ByteSize each) {
    if (memory.bytes() < each.bytes()) {
      throw new IllegalArgumentException(
          "memory for runners %s: a runner of %s does not fit".formatted(memory, each));
    }
    RunnerCount said = text == null ? usual(memory) : parse(text);
    int least = min == null ? said.least() : min;
    int most = max == null ? Math.max(said.most(), least) : max;
    return new RunnerCount(min == null ? Math.min(least, most) : least, most);
  }

  private static RunnerCount usual(ByteSize memory) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new RunnerCount(
        1, Math.clamp(memory.bytes() / WARM.bytes(), 1, Math.max(1, processors)));
  }

  private static RunnerCount parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("runners '" + text + "': write for example 2 or 1..4");
    }
    int least = Integer.parseInt(form.group(1));
    int most = form.group(2) == null ? least : Integer.parseInt(form.group(2));
    return new RunnerCount(least, most);
  }
}
