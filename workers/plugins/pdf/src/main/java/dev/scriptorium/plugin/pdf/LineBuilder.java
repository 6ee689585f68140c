package dev.scriptorium.plugin.pdf;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.text.TextPosition;

/** Gathers the words of one line, with their places. Not thread-safe. */
final class LineBuilder {
  private static final Pattern GLUED_NUMBER =
      Pattern.compile("\\p{L}{2}[.,;:!?”’)]{0,2}(\\d{1,2})(?=\\s|$)");

  private static final float INITIAL_SIZE = 1.8f;
  private static final float RAISED_SIZE = 0.86f;
  private static final float RAISED_BY = 0.15f;
  private static final int LONGEST_MARK = 4;
  private static final float BOLD_WEIGHT = 600;

  /** Glyphs of a line that are compared with one drawn over them. */
  private static final int MAX_OVERPRINTED = 256;

  private final StringBuilder text = new StringBuilder();
  private final List<TextPosition> glyphs = new ArrayList<>();
  private final List<Word> words = new ArrayList<>();
  private int wordStart;

  /** The right edge of a page that is read from there; NaN for others. */
  private float origin = Float.NaN;

  private final IdentityHashMap<PDFont, Boolean> boldFonts = new IdentityHashMap<>();

  /**
   * @param end in the text
   * @param firstGlyph index of the first glyph
   * @param endGlyph index behind the last
   */
  private record Word(int end, int firstGlyph, int endGlyph) {}

  /** Adds a glyph in logical order; a blank ends a word. */
  void add(TextPosition glyph) {
    add(glyph, glyph.getUnicode());
  }

  /** Adds a glyph in logical order, with the text that stands for it. */
  void add(TextPosition glyph, String unicode) {
    if (unicode.isBlank()) {
      endWord();
      text.append(unicode);
    } else {
      text.append(unicode);
      glyphs.add(glyph);
    }
  }

  private void endWord() {
    if (glyphs.size() > wordStart) {
      words.add(new Word(text.length(), wordStart, glyphs.size()));
      wordStart = glyphs.size();
    }
  }

  /** True when the line has the same glyph within a distance. */
  boolean hasGlyph(TextPosition glyph, float distance) {
    int first = Math.max(0, glyphs.size() - MAX_OVERPRINTED);
    for (int i = glyphs.size() - 1; i >= first; i--) {
      TextPosition other = glyphs.get(i);
      if (Math.abs(other.getXDirAdj() - glyph.getXDirAdj()) <= distance
          && Math.abs(other.getYDirAdj() - glyph.getYDirAdj()) <= distance
          && other.getUnicode().equals(glyph.getUnicode())) {
        return true;
      }
    }
    return false;
  }

  void addSpace() {
    endWord();
    text.append(' ');
  }

  /** Adds the line to a list, when it has text, and starts anew. */
  void finish(List<Line> lines) {
    endWord();
    String plain = LineText.clean(text);
    if (!plain.isEmpty() && !glyphs.isEmpty()) {
      float size = usualSize();
      plain = withoutInitial(plain, size, lines);
      lines.add(build(plain, size));
    }
    clear();
  }

  /** Forgets what the line has so far. */
  void clear() {
    text.setLength(0);
    glyphs.clear();
    words.clear();
    wordStart = 0;
  }

  /** Forgets the fonts of the page before, which may be gone, and its direction. */
  void startPage() {
    boldFonts.clear();
    origin = Float.NaN;
  }

  /**
   * From now on places are measured from the right edge, until the next page.
   *
   * @param width of the page
   */
  void readFromTheRight(float width) {
    origin = width;
  }

  /** A line of the page between two edges, as seen from where its reading starts. */
  private Line line(
      String plain,
      float left,
      float right,
      float y,
      float size,
      boolean bold,
      List<Line.Mark> marks) {
    return Float.isNaN(origin)
        ? new Line(plain, left, right, y, size, bold, marks)
        : new Line(plain, origin - right, origin - left, y, size, bold, marks);
  }

  /**
   * Makes a line of its own of a large first letter, which reaches down to another line. Its word
   * gets it back later, when the lines beside it are known.
   */
  private String withoutInitial(String plain, float size, List<Line> lines) {
    TextPosition first = glyphs.getFirst();
    String letter = LineText.clean(first.getUnicode());
    boolean initial =
        size(first) >= INITIAL_SIZE * size
            && plain.length() > letter.length()
            && !letter.isEmpty()
            && plain.startsWith(letter)
            && Character.isLetter(letter.codePointAt(0));
    if (!initial) {
      return plain;
    }
    withoutFirstGlyph();
    float x = first.getXDirAdj();
    lines.add(
        line(
            letter,
            x,
            x + first.getWidthDirAdj(),
            first.getYDirAdj(),
            size(first),
            false,
            List.of()));
    return plain.substring(letter.length()).strip();
  }

  private void withoutFirstGlyph() {
    glyphs.removeFirst();
    words.replaceAll(
        word -> new Word(word.end(), Math.max(0, word.firstGlyph() - 1), word.endGlyph() - 1));
  }

  private Line build(String plain, float size) {
    float left = Float.MAX_VALUE;
    float right = -Float.MAX_VALUE;
    int bold = 0;
    for (TextPosition glyph : glyphs) {
      left = Math.min(left, glyph.getXDirAdj());
      right = Math.max(right, glyph.getXDirAdj() + glyph.getWidthDirAdj());
      bold += boldFonts.computeIfAbsent(glyph.getFont(), LineBuilder::isBold) ? 1 : 0;
    }
    float y = baseLine(size);
    return line(plain, left, right, y, size, bold * 2 > glyphs.size(), marks(plain, size, y));
  }

  /** The size that most glyphs have; a line has few sizes, so a short list is enough. */
  private float usualSize() {
    List<float[]> counts = new ArrayList<>();
    float[] best = {0, 0};
    for (TextPosition glyph : glyphs) {
      float size = size(glyph);
      float[] count = count(counts, size);
      if (++count[1] > best[1]) {
        best = count;
      }
    }
    return best[0];
  }

  private static float[] count(List<float[]> counts, float size) {
    for (float[] count : counts) {
      if (Math.abs(count[0] - size) < 0.05f) {
        return count;
      }
    }
    float[] count = {size, 0};
    // Beyond a few sizes the line is no ordinary text: the last counter takes the rest.
    if (counts.size() < 16) {
      counts.add(count);
    }
    return counts.size() < 16 ? count : counts.getLast();
  }

  private float baseLine(float size) {
    for (TextPosition glyph : glyphs) {
      if (isSize(glyph, size)) {
        return glyph.getYDirAdj();
      }
    }
    return glyphs.getFirst().getYDirAdj();
  }

  /** The scale is below 0 in text that is turned upside down. */
  private static float size(TextPosition glyph) {
    return Math.abs(glyph.getYScale());
  }

  private static boolean isSize(TextPosition glyph, float size) {
    return Math.abs(size(glyph) - size) < 0.05f;
  }

  private List<Line.Mark> marks(String plain, float size, float y) {
    List<Line.Mark> marks = new ArrayList<>();
    for (Word word : words) {
      String label = raisedTail(word, size, y);
      if (label.isEmpty() || label.length() > LONGEST_MARK) {
        continue;
      }
      int start = LineText.clean(text.substring(0, word.end())).length() - label.length();
      if (start >= 0 && plain.startsWith(label, start)) {
        marks.add(new Line.Mark(start, label));
      }
    }
    return marks.isEmpty() ? gluedNumbers(plain) : marks;
  }

  /** Numbers right behind a word: references to notes that are neither raised nor small. */
  private static List<Line.Mark> gluedNumbers(String plain) {
    if (!hasDigit(plain)) {
      return List.of();
    }
    return GLUED_NUMBER
        .matcher(plain)
        .results()
        .map(number -> new Line.Mark(number.start(1), number.group(1)))
        .toList();
  }

  private String raisedTail(Word word, float size, float y) {
    int start = word.endGlyph();
    while (start > word.firstGlyph() && isRaised(glyphs.get(start - 1), size, y)) {
      start--;
    }
    if (start == word.endGlyph()) {
      return "";
    }
    StringBuilder label = new StringBuilder();
    glyphs.subList(start, word.endGlyph()).forEach(glyph -> label.append(glyph.getUnicode()));
    return LineText.clean(label);
  }

  private static boolean isRaised(TextPosition glyph, float size, float y) {
    return size(glyph) <= size * RAISED_SIZE && glyph.getYDirAdj() < y - size * RAISED_BY;
  }

  private static boolean hasDigit(String plain) {
    for (int i = 0; i < plain.length(); i++) {
      if (plain.charAt(i) >= '0' && plain.charAt(i) <= '9') {
        return true;
      }
    }
    return false;
  }

  private static boolean isBold(PDFont font) {
    String name = font.getName();
    if (name != null && name.toLowerCase(Locale.ROOT).contains("bold")) {
      return true;
    }
    PDFontDescriptor descriptor = font.getFontDescriptor();
    return descriptor != null
        && (descriptor.isForceBold() || descriptor.getFontWeight() >= BOLD_WEIGHT);
  }
}
