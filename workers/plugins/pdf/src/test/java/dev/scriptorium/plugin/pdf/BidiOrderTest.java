package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Bidi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that the JDK's own bidirectional algorithm laid out are read back. */
class BidiOrderTest {
  private static final int RUNS = 2_000;

  private static final List<String> HEBREW = List.of("שלום", "הים", "של", "ספר,", "גאות", "ראה:");
  private static final List<String> LATIN = List.of("tide", "quay", "e.g.", "B2", "tables,");
  private static final List<String> NUMBERS = List.of("7", "1984", "3.14", "12,");

  private final Glyphs glyphs = new Glyphs();

  /** In which order a program draws the glyphs, and how it parts words. */
  enum Drawing {
    AS_SEEN,
    AS_SEEN_WITHOUT_SPACES,
    AS_READ
  }

  @ParameterizedTest
  @EnumSource
  void wordsFromTheLeftAndNumbersWithinOthersAreReadBack(Drawing drawing) {
    String text = "ראה chapter 12 בספר (tide tables, 1984) של quay (old) הים.";

    assertThat(read(text, true, drawing)).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource
  void wordsFromTheRightWithinOthersAreReadBack(Drawing drawing) {
    String text = "The word שלום הים, as (ספר) says, is old.";

    assertThat(read(text, false, drawing)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anyLineIsReadBack(boolean rightToLeft) {
    for (int run = 0; run < RUNS; run++) {
      Random random = new Random(run);
      String text = line(random, rightToLeft);
      Drawing drawing = Drawing.values()[run % Drawing.values().length];

      assertThat(read(text, rightToLeft, drawing)).as("run %d, %s", run, drawing).isEqualTo(text);
    }
  }

  @Test
  void formsOfLettersBecomeLetters() {
    // Drawn from left to right: final meem, and the ligature of lam and alef.
    List<TextPosition> line = List.of(glyphs.glyph("\uFEE2", 50), glyphs.glyph("\uFEFB", 60));

    assertThat(read(line, true)).isEqualTo("\u0644\u0627\u0645");
  }

  @Test
  void accentsStayWithTheirLetterWheneverTheyAreDrawn() {
    TextPosition bet = glyphs.glyph("ב", 50);
    TextPosition shin = glyphs.glyph("ש", 60);
    TextPosition dot = glyphs.glyph("\u05BC", 54, 2);

    assertThat(read(List.of(dot, bet, shin), true)).isEqualTo("שב\u05BC");
    assertThat(read(List.of(shin, bet, dot), true)).isEqualTo("שב\u05BC");
    assertThat(read(List.of(bet, shin, dot), true)).isEqualTo("שב\u05BC");
    TextPosition space = glyphs.glyph(" ", 70);
    assertThat(read(List.of(shin, dot, space, bet), true)).isEqualTo("שב\u05BC");
    assertThat(read(List.of(space, shin, bet, dot, space), true)).isEqualTo("שב\u05BC");
  }

  @Test
  void placesAreMeasuredFromTheRightEdgeOfAPageReadFromThere() {
    List<Line> lines = lines(List.of(glyphs.glyph("ב", 50), glyphs.glyph("ש", 60)), true);

    assertThat(lines.getFirst().x()).isEqualTo(Glyphs.PAGE - 70);
    assertThat(lines.getFirst().endX()).isEqualTo(Glyphs.PAGE - 50);
  }

  @Test
  void mostLettersDecideInWhichDirectionAPageIsRead() {
    List<TextPosition> page =
        List.of(glyphs.glyph("ב", 50), glyphs.glyph("ש", 60), glyphs.glyph("a", 70));

    assertThat(BidiOrder.of(List.of(page)).rightToLeft()).isTrue();
    assertThat(BidiOrder.of(List.of(page.subList(1, 3))).rightToLeft()).isFalse();
  }

  /** Without those that look like others: numbers and brackets beside foreign words. */
  private static String line(Random random, boolean rightToLeft) {
    List<String> own = rightToLeft ? HEBREW : LATIN;
    List<String> foreign = rightToLeft ? LATIN : HEBREW;
    List<String> words = new ArrayList<>(List.of(own.getFirst()));
    for (int i = random.nextInt(8); i >= 0; i--) {
      switch (random.nextInt(5)) {
        case 0 -> words.add(pick(random, foreign));
        case 1 -> words.addAll(List.of(own.get(1), "(" + foreign.get(1) + ")", own.get(2)));
        case 2 -> words.addAll(List.of(own.get(1), pick(random, NUMBERS), own.get(2)));
        default -> words.add(pick(random, own));
      }
    }
    words.add(pick(random, foreign).replaceAll("\\P{L}", ""));
    words.add(own.getFirst());
    words.add(HEBREW.getFirst());
    words.add(own.getFirst());
    return String.join(" ", words);
  }

  private static String pick(Random random, List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private String read(String logical, boolean rightToLeft, Drawing drawing) {
    return read(drawn(logical, rightToLeft, drawing), rightToLeft);
  }

  private String read(List<TextPosition> line, boolean rightToLeft) {
    List<Line> lines = lines(line, rightToLeft);
    assertThat(lines).hasSize(1);
    return lines.getFirst().text();
  }

  private static List<Line> lines(List<TextPosition> glyphs, boolean rightToLeft) {
    List<Line> lines = new ArrayList<>();
    LineBuilder builder = new LineBuilder();
    builder.startPage();
    if (rightToLeft) {
      builder.readFromTheRight(Glyphs.PAGE);
    }
    new GlyphRun(builder, lines, new BidiOrder(rightToLeft)).add(glyphs);
    return lines;
  }

  /** The glyphs of a line, laid out by the JDK. */
  private List<TextPosition> drawn(String logical, boolean rightToLeft, Drawing drawing) {
    int direction = rightToLeft ? Bidi.DIRECTION_RIGHT_TO_LEFT : Bidi.DIRECTION_LEFT_TO_RIGHT;
    Bidi bidi = new Bidi(logical, direction);
    byte[] levels = new byte[logical.length()];
    Integer[] places = new Integer[logical.length()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) bidi.getLevelAt(i);
      places[i] = i;
    }
    Bidi.reorderVisually(levels, 0, places, 0, places.length);
    TextPosition[] line = new TextPosition[places.length];
    for (int i = 0; i < places.length; i++) {
      int at = places[i];
      String shown = Character.toString(logical.charAt(at));
      line[at] =
          glyphs.glyph(
              bidi.getLevelAt(at) % 2 == 1 ? mirrored(shown) : shown, 50 + i * Glyphs.SIZE);
    }
    List<TextPosition> all = new ArrayList<>(Arrays.asList(line));
    if (drawing != Drawing.AS_READ) {
      all.sort(Comparator.comparingDouble(TextPosition::getXDirAdj));
    }
    if (drawing == Drawing.AS_SEEN_WITHOUT_SPACES) {
      all.removeIf(glyph -> glyph.getUnicode().isBlank());
    }
    return all;
  }

  private static String mirrored(String text) {
    return switch (text) {
      case "(" -> ")";
      case ")" -> "(";
      default -> text;
    };
  }
}
