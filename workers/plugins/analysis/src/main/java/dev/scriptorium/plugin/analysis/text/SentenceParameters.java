package dev.scriptorium.plugin.analysis.text;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import opennlp.tools.ml.maxent.GISModel;
import opennlp.tools.ml.model.Context;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;

/**
 * Says whether a sentence ends at a mark, with the parameters of the library's model. What is
 * observed is what the library observes (the mark, the spaces beside it, what stands before and
 * behind it up to a space or another mark, and the words beyond), added in the same order, so that
 * every sum has the same bits. Immutable and shared by all threads.
 */
final class SentenceParameters {
  private final int end;
  private final Map<String, Pull> prefixes = new HashMap<>();
  private final Map<String, Pull> before = new HashMap<>();
  private final Map<String, Pull> suffixes = new HashMap<>();
  private final Map<String, Pull> after = new HashMap<>();
  private final Map<String, Pull> others = new HashMap<>();

  private SentenceParameters(Map<String, Context> parameters, String[] outcomes) {
    this.end = outcomes[0].equals(SentenceDetectorME.SPLIT) ? 0 : 1;
    parameters.forEach((name, context) -> layOut(name, Pull.of(context, end)));
  }

  /**
   * Takes the parameters out of a model.
   *
   * @throws IOException when it is not a maximum entropy model of two outcomes
   */
  @SuppressWarnings("unchecked") // The library gives its map as an object.
  static SentenceParameters of(SentenceModel model) throws IOException {
    if (!(model.getMaxentModel() instanceof GISModel maxent) || maxent.getNumOutcomes() != 2) {
      throw new IOException("The model of sentences is no maximum entropy model of two outcomes");
    }
    Object[] structures = maxent.getDataStructures();
    return new SentenceParameters((Map<String, Context>) structures[1], (String[]) structures[2]);
  }

  private void layOut(String name, Pull pull) {
    String seen = name.substring(name.indexOf('=') + 1);
    switch (name.substring(0, name.length() - seen.length())) {
      case "x=" -> prefixes.put(seen, pull);
      case "v=" -> before.put(seen, pull);
      case "s=" -> suffixes.put(seen, pull);
      case "n=" -> after.put(seen, pull);
      default -> others.put(name, pull);
    }
  }

  /** True for the marks at which a sentence may end. */
  static boolean mark(char c) {
    return c == '.' || c == '!' || c == '?';
  }

  /** True when a sentence ends at the mark at {@code position}. */
  boolean endsAt(String text, int position) {
    int last = text.length() - 1;
    Pull.Sums sums = new Pull.Sums();
    if (position > 0 && Blanks.blank(text.charAt(position - 1))) {
      sums.add(other("sp"));
    }
    if (position < last && Blanks.blank(text.charAt(position + 1))) {
      sums.add(other("sn"));
    }
    sums.add(other("eos=" + text.charAt(position)));
    addBefore(text, position, sums);
    addAfter(text, position, last, sums);
    return sums.saysYes(end);
  }

  private void addBefore(String text, int position, Pull.Sums sums) {
    int start = blankBefore(text, position);
    for (int i = position - 1; i > start; i--) {
      if (mark(text.charAt(i))) {
        start = i;
      }
    }
    String prefix = text.substring(start, position).trim();
    sums.add(prefixes.getOrDefault(prefix, Pull.NONE));
    if (!prefix.isEmpty()) {
      sums.add(other(Integer.toString(prefix.length())));
      addCapital(prefix, "xcap", sums);
    }
    String word = text.substring(blankBefore(text, start), start).trim();
    sums.add(before.getOrDefault(word, Pull.NONE));
    addCapital(word, "vcap", sums);
  }

  private void addAfter(String text, int position, int last, Pull.Sums sums) {
    int stop = blankAfter(text, position, last);
    for (int i = position + 1; i < stop; i++) {
      if (mark(text.charAt(i))) {
        stop = i;
      }
    }
    boolean more = position < last;
    String suffix = more ? text.substring(position + 1, stop).trim() : "";
    sums.add(suffixes.getOrDefault(suffix, Pull.NONE));
    addCapital(suffix, "scap", sums);
    int beyond = blankAfter(text, stop + 1, last + 1);
    String word = more ? text.substring(stop + 1, beyond).trim() : "";
    sums.add(after.getOrDefault(word, Pull.NONE));
    addCapital(word, "ncap", sums);
  }

  private void addCapital(String word, String name, Pull.Sums sums) {
    if (!word.isEmpty() && Character.isUpperCase(word.charAt(0))) {
      sums.add(other(name));
    }
  }

  private Pull other(String name) {
    return others.getOrDefault(name, Pull.NONE);
  }

  /** Index of the first of the blanks before {@code index}; 0 when there is none. */
  private static int blankBefore(String text, int index) {
    int i = index - 1;
    while (i > 0 && !Blanks.blank(text.charAt(i))) {
      i--;
    }
    while (i > 0 && Blanks.blank(text.charAt(i - 1))) {
      i--;
    }
    return Math.max(i, 0);
  }

  /** Index of the last of the blanks behind {@code index}; {@code last} when there is none. */
  private static int blankAfter(String text, int index, int last) {
    int i = index + 1;
    while (i < last && !Blanks.blank(text.charAt(i))) {
      i++;
    }
    if (i >= last) {
      return last;
    }
    while (i + 1 < text.length() && Blanks.blank(text.charAt(i + 1))) {
      i++;
    }
    return i;
  }
}
