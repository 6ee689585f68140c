package dev.scriptorium.booktext;

import dev.scriptorium.positions.SourceRuns;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Notes where the pieces of a canonical text came from, while it is built: runs in which text and
 * source go side by side. The runs of the open paragraph are char indices; when it ends they become
 * code points.
 */
final class SourceTrack {
  private static final int NOWHERE = Integer.MIN_VALUE;
  private static final int FIELDS = 4;

  private final SourceRuns runs = new SourceRuns();

  /** Start, end, piece and source of each run of the paragraph. */
  private int[] open = new int[16 * FIELDS];

  private int count;
  private int chunk = -1;
  private int base;
  private int delta = NOWHERE;

  /** How far the code points of the paragraph that ends are counted, and how many of the text. */
  private int countedTo;

  private int counted;

  /**
   * What comes has no source.
   *
   * @param length of the text so far
   */
  void leave(int length) {
    if (chunk >= 0) {
      end(length);
      chunk = -1;
    }
  }

  /**
   * What comes is of this piece of text.
   *
   * @param first source of the index 0 of what comes
   */
  void enter(int piece, int first) {
    if (piece != chunk) {
      chunk = piece;
      delta = NOWHERE;
    }
    base = first;
  }

  /**
   * Characters are about to be added.
   *
   * @param at their index in what comes
   * @param end length of the text before white space was put between
   * @param start length of the text
   */
  void at(int at, int end, int start) {
    if (chunk < 0) {
      return;
    }
    int source = base + at;
    if (source - start != delta) {
      end(end);
      delta = source - start;
      begin(start, source);
    }
  }

  /** The paragraph, or what has a source, ends at this length of the text. */
  void end(int length) {
    if (count > 0 && open[count - FIELDS + 1] < 0) {
      open[count - FIELDS + 1] = length;
    }
    delta = NOWHERE;
  }

  /**
   * Gives the paragraph's runs their places in the whole text.
   *
   * @param pairs true when it has surrogate pairs
   * @param form how the paragraph was brought into NFC; null when it was in it
   */
  void settle(
      CharSequence text, int paragraph, int offset, boolean pairs, @Nullable NormalForm form) {
    int shift = offset - paragraph;
    countedTo = paragraph;
    counted = offset;
    for (int i = 0; i < count; i += FIELDS) {
      if (pairs || form != null) {
        split(i, text, paragraph, form);
      } else {
        runs.add(open[i] + shift, open[i + 1] - open[i], open[i + 2], open[i + 3]);
      }
    }
    count = 0;
  }

  /** A run ends where the source has more units than the text has code points, or fewer. */
  private void split(int run, CharSequence text, int paragraph, @Nullable NormalForm form) {
    int end = open[run + 1];
    int from = open[run];
    while (true) {
      int to = from;
      while (to < end && isSideBySide(to, text, paragraph, form)) {
        to++;
      }
      int codePoints = codePointsTo(index(from, paragraph, form), text);
      runs.add(codePoints, to - from, open[run + 2], open[run + 3] + from - open[run]);
      if (to >= end) {
        return;
      }
      // A mark that went into its letter advances nothing; half a pair does.
      boolean pair = index(to + 1, paragraph, form) > index(to, paragraph, form);
      from = Math.min(end, to + (pair ? 2 : 1));
    }
  }

  /** Counts on from the run before; within a pair, to its end. */
  private int codePointsTo(int index, CharSequence text) {
    boolean inPair =
        index > countedTo
            && index < text.length()
            && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    int to = Math.max(countedTo, inPair ? index + 1 : index);
    counted += Character.codePointCount(text, countedTo, to);
    countedTo = to;
    return counted;
  }

  private static boolean isSideBySide(
      int at, CharSequence text, int paragraph, @Nullable NormalForm form) {
    int index = index(at, paragraph, form);
    return index(at + 1, paragraph, form) == index + 1
        && !Character.isSurrogate(text.charAt(index));
  }

  private static int index(int at, int paragraph, @Nullable NormalForm form) {
    return form == null ? at : paragraph + form.indexOf(at - paragraph);
  }

  SourceRuns runs() {
    return runs;
  }

  private void begin(int start, int source) {
    if (count == open.length) {
      open = Arrays.copyOf(open, count * 2);
    }
    open[count++] = start;
    open[count++] = -1;
    open[count++] = chunk;
    open[count++] = source;
  }
}
