package dev.scriptorium.booktext;

import dev.scriptorium.positions.SourceRuns;
import java.text.Normalizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Builds the canonical text of one chapter: paragraphs separated by one blank line, lines of verse
 * by a line feed, white space folded to one space, NFC, no soft hyphens and no control characters.
 * All offsets count code points. Runs in time linear in its input.
 *
 * <pre>{@code
 * CanonicalText text = new CanonicalText(limits.chapterCodePoints());
 * text.startBlock();
 * int mark = text.mark();
 * text.text("Call me Ishmael.");
 * text.endBlock();
 * String canonical = text.finish();
 * int offset = text.offsetOf(mark);
 * }</pre>
 */
public final class CanonicalText {
  /** A mark that waits for the next paragraph to begin. */
  private static final int NEXT_PARAGRAPH = -1;

  /**
   * Marks that may follow each other, by the stream-safe text format of Unicode (UAX 15): bringing
   * more into their order takes quadratic time.
   */
  private static final int MAX_MARKS = 30;

  /** Characters that are looked at together. */
  private static final int STRETCH = 64;

  /** Parts marks that are too many; invisible. */
  private static final char GRAPHEME_JOINER = '\u034F';

  private final int maxCodePoints;
  private final TextBuffer text;
  private int paragraphStart;
  private int codePointsBefore;
  private int words;
  private boolean separate;
  private boolean pendingSpace;
  private boolean pendingLine;
  private boolean maybeDenormal;
  private int lowSurrogates;
  private int lowSurrogatesBefore;
  private int marksInRow;
  private int afterMark;
  private boolean truncated;
  private boolean finished;

  private final SourceTrack track = new SourceTrack();
  private int[] marks = new int[16];
  private int markCount;
  private int settledMarks;

  /**
   * @param maxCodePoints at least 1; text beyond it is left out and {@link #truncated()} is true
   */
  public CanonicalText(int maxCodePoints) {
    this(maxCodePoints, new TextBuffer());
  }

  /**
   * @param room empty; free again once the text is finished
   */
  CanonicalText(int maxCodePoints, TextBuffer room) {
    if (maxCodePoints < 1) {
      throw new IllegalArgumentException("maxCodePoints " + maxCodePoints + " is below 1");
    }
    this.maxCodePoints = maxCodePoints;
    this.text = room;
  }

  /** Begins a paragraph; the one before, if any, ends. Blocks may nest. */
  public void startBlock() {
    closeParagraph();
  }

  /** Ends the paragraph. */
  public void endBlock() {
    closeParagraph();
  }

  /** Begins a new line in the paragraph: verse, addresses, {@code <br>}; twice ends it. */
  public void breakLine() {
    if (pendingLine) {
      closeParagraph();
    }
    pendingLine = inParagraph();
  }

  /** White space between two pieces that the source sets apart, such as cells of a table. */
  public void space() {
    pendingSpace = true;
  }

  /** Text of the paragraph, white space as it comes. */
  public void text(CharSequence chars) {
    text(chars.toString().toCharArray(), 0, chars.length());
  }

  /** Text of the paragraph, white space as it comes. */
  public void text(char[] chars, int offset, int length) {
    track.leave(text.length());
    take(chars, offset, length);
  }

  /**
   * Text of the paragraph, white space as it comes, and where it stands in the source.
   *
   * @param chunk piece of text, as {@code SourcePath} numbers it
   * @param source where in that piece the text begins, in UTF-16 units
   */
  void text(char[] chars, int offset, int length, int chunk, int source) {
    track.enter(chunk, source - offset);
    take(chars, offset, length);
  }

  private void take(char[] chars, int offset, int length) {
    int end = offset + length;
    int i = afterSpace(chars, offset, end);
    // As far as a stretch with something special in it reaches.
    int mixedUntil = i;
    while (i < end) {
      int start = i;
      int gaps = 0;
      int before = CharacterKind.BLANK;
      // No branch at the end of a word: where words end cannot be foretold, and a wrong guess costs
      // as much as twenty characters. And none for each character where there is nothing special.
      while (i < end) {
        if (i >= mixedUntil) {
          int stretchEnd = Math.min(i + STRETCH, end);
          int blanks = blanks(chars, i, stretchEnd, before);
          if (blanks >= 0) {
            gaps += blanks;
            i = stretchEnd;
            before = CharacterKind.of(chars[i - 1]);
            continue;
          }
          mixedUntil = stretchEnd;
        }
        int kind = CharacterKind.of(chars[i]);
        if ((kind & (before | CharacterKind.SPECIAL)) != 0) {
          break;
        }
        gaps += kind / CharacterKind.BLANK;
        before = kind;
        i++;
      }
      if (i > start && before == CharacterKind.BLANK) {
        i--;
        gaps--;
      }
      if (i > start) {
        append(chars, start, i - start, gaps);
      }
      if (i < end) {
        special(chars[i], i);
        i = afterSpace(chars, i + 1, end);
      }
    }
  }

  /** Passes by white space: where no text is, there is often a lot of it. */
  private int afterSpace(char[] chars, int start, int end) {
    int i = start;
    while (i < end && CharacterKind.isSpace(chars[i])) {
      i++;
    }
    pendingSpace |= i > start;
    return i;
  }

  /**
   * Counts the blanks of a stretch.
   *
   * @param before kind of the character before it
   * @return -1 when a character is special, or one of two blanks in a row
   */
  private static int blanks(char[] chars, int start, int end, int before) {
    int special = 0;
    int sum = 0;
    int last = before;
    for (int i = start; i < end; i++) {
      int kind = CharacterKind.of(chars[i]);
      special |= kind & (last | CharacterKind.SPECIAL);
      sum += kind;
      last = kind;
    }
    return special == 0 ? sum / CharacterKind.BLANK : -1;
  }

  /**
   * Remembers this place: the offset of the next visible character, or the end of the paragraph
   * when nothing follows in it.
   *
   * @return a mark for {@link #offsetOf}
   */
  public int mark() {
    if (markCount == marks.length) {
      marks = Arrays.copyOf(marks, markCount * 2);
    }
    marks[markCount] = inParagraph() ? nextIndex() : NEXT_PARAGRAPH;
    return markCount++;
  }

  /** True when the paragraph has no visible character yet. */
  public boolean atParagraphStart() {
    return !inParagraph();
  }

  /** Ends the text and gives it; empty when nothing visible was handed in. */
  public String finish() {
    closeParagraph();
    for (int i = settledMarks; i < markCount; i++) {
      marks[i] = codePointsBefore;
    }
    settledMarks = markCount;
    finished = true;
    return text.toString();
  }

  /**
   * Where a mark stands.
   *
   * @return 0 to {@link #codePoints()}
   * @throws IllegalStateException before {@link #finish}
   */
  public int offsetOf(int mark) {
    if (!finished) {
      throw new IllegalStateException("offsets are known only after finish()");
    }
    return marks[mark];
  }

  /** Length of the finished text. */
  public int codePoints() {
    return codePointsBefore;
  }

  /** Tokens separated by white space so far. */
  public int words() {
    return words;
  }

  /** Where the finished text stands in its source. */
  SourceRuns runs() {
    return track.runs();
  }

  /** True when text was left out because of the limit. */
  public boolean truncated() {
    return truncated;
  }

  /** True when nothing visible was handed in. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** White space, what is left out, and what normalisation may change. */
  private void special(char c, int at) {
    if (CharacterKind.isSpace(c)) {
      pendingSpace = true;
    } else if (CharacterKind.of(c) == CharacterKind.UNSURE) {
      maybeDenormal = true;
      int before = text.length();
      append(c, at);
      if (text.length() > before && isMark(c)) {
        countMark();
      }
    }
  }

  /** True when the text ends in a character that combines with what is before it. */
  private boolean isMark(char c) {
    int codePoint =
        Character.isLowSurrogate(c) ? Character.codePointBefore(text, text.length()) : c;
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private void countMark() {
    int length = Character.isLowSurrogate(text.charAt(text.length() - 1)) ? 2 : 1;
    marksInRow = text.length() - length == afterMark ? marksInRow + 1 : 1;
    if (marksInRow == MAX_MARKS) {
      appendJoiner();
      marksInRow = 0;
    }
    afterMark = text.length();
  }

  /** What the source does not have: no run goes over it. */
  private void appendJoiner() {
    if (text.length() - lowSurrogates >= maxCodePoints) {
      truncated = true;
      return;
    }
    track.end(text.length());
    text.append(GRAPHEME_JOINER);
  }

  private void append(char c, int at) {
    boolean low = Character.isLowSurrogate(c);
    int room = maxCodePoints - (text.length() - lowSurrogates);
    if (room < (low ? 0 : 1) + separatorLength() || (low && truncated)) {
      truncated = true;
      return;
    }
    int end = text.length();
    separate();
    track.at(at, end, text.length());
    text.append(c);
    lowSurrogates += low ? 1 : 0;
  }

  /**
   * Plain characters and single blanks between them.
   *
   * @param gaps number of the blanks
   */
  private void append(char[] chars, int offset, int length, int gaps) {
    if (text.length() - lowSurrogates + length + 2 <= maxCodePoints) {
      int end = text.length();
      separate();
      track.at(offset, end, text.length());
      text.append(chars, offset, length);
      words += gaps;
      return;
    }
    for (int i = offset; i < offset + length; i++) {
      if (chars[i] == ' ') {
        pendingSpace = true;
      } else {
        append(chars[i], i);
      }
    }
  }

  private int separatorLength() {
    if (inParagraph()) {
      return pendingLine || pendingSpace ? 1 : 0;
    }
    return separate ? 2 : 0;
  }

  private void separate() {
    if (!inParagraph()) {
      if (separate) {
        text.append("\n\n");
        codePointsBefore += 2;
        separate = false;
      }
      paragraphStart = text.length();
      settleNextParagraphMarks();
      words++;
    } else if (pendingLine) {
      text.append('\n');
      words++;
    } else if (pendingSpace) {
      text.append(' ');
      words++;
    }
    pendingLine = false;
    pendingSpace = false;
  }

  private boolean inParagraph() {
    return text.length() > paragraphStart;
  }

  private int nextIndex() {
    return text.length() + (pendingLine || pendingSpace ? 1 : 0);
  }

  private void settleNextParagraphMarks() {
    for (int i = settledMarks; i < markCount; i++) {
      marks[i] = paragraphStart;
    }
  }

  private void closeParagraph() {
    pendingLine = false;
    pendingSpace = false;
    if (!inParagraph()) {
      return;
    }
    track.end(text.length());
    @Nullable NormalForm form = maybeDenormal ? normalise() : null;
    settleMarks();
    boolean pairs = lowSurrogates > lowSurrogatesBefore;
    lowSurrogatesBefore = lowSurrogates;
    track.settle(text, paragraphStart, codePointsBefore, pairs, form);
    codePointsBefore += codePoints(paragraphStart, text.length());
    paragraphStart = text.length();
    maybeDenormal = false;
    separate = true;
  }

  /** Code points of a part of the paragraph; only a plain one surely has no pairs. */
  private int codePoints(int from, int to) {
    return maybeDenormal ? Character.codePointCount(text, from, to) : to - from;
  }

  /** Turns the char indices of the paragraph's marks into code point offsets, in one pass. */
  private void settleMarks() {
    int index = paragraphStart;
    int offset = codePointsBefore;
    for (int i = settledMarks; i < markCount; i++) {
      int target = Math.min(marks[i], text.length());
      offset += codePoints(index, Math.max(index, target));
      index = Math.max(index, target);
      marks[i] = offset;
    }
    settledMarks = markCount;
  }

  /** Brings the paragraph into NFC, and its marks with it; null when it was in it. */
  private @Nullable NormalForm normalise() {
    String written = text.subSequence(paragraphStart, text.length());
    String raw = wellFormed(written);
    if (Normalizer.isNormalized(raw, Normalizer.Form.NFC)) {
      if (!raw.equals(written)) {
        text.replaceFrom(paragraphStart, raw);
      }
      return null;
    }
    NormalForm form = NormalForm.of(raw);
    for (int i = settledMarks; i < markCount; i++) {
      marks[i] = paragraphStart + form.indexOf(marks[i] - paragraphStart);
    }
    text.replaceFrom(paragraphStart, form.text());
    return form;
  }

  /** Replaces halves of surrogate pairs, which no encoding can write. */
  private static String wellFormed(String raw) {
    StringBuilder repaired = null;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < raw.length()
          && Character.isLowSurrogate(raw.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        repaired = repaired == null ? new StringBuilder(raw) : repaired;
        repaired.setCharAt(i, '\uFFFD');
      }
    }
    return repaired == null ? raw : repaired.toString();
  }
}
