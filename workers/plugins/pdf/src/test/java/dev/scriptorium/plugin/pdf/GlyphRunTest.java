package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Glyphs of 10 points at given places, of a font that does not tell how wide its space is. */
class GlyphRunTest {
  private static final float SIZE = 10;
  private static final float HEIGHT = 6;
  private static final float PAGE = 500;

  private static PDFont font;

  private final List<TextPosition> glyphs = new ArrayList<>();
  private float x = 50;
  private float y = 400;

  @BeforeAll
  static void useBundledFonts() {
    BundledFonts.use();
    font = new PDType1Font(FontName.HELVETICA);
  }

  @Test
  void narrowSpacesPartHangul() {
    draw("우리의", SIZE);
    x += 1.8f;
    draw("자유", SIZE);
    x += 2;
    draw("GNU", 5);
    draw("는", SIZE);

    assertThat(texts()).containsExactly("우리의 자유 GNU는");
  }

  @Test
  void stretchedHangulStaysAWord() {
    for (String syllable : List.of("우", "리", "의")) {
      draw(syllable, SIZE);
      x += 0.4f;
    }

    assertThat(texts()).containsExactly("우리의");
  }

  /** Draws letters of one width, each where the one before ends. */
  private void draw(String text, float width) {
    text.codePoints().forEach(letter -> draw(Character.toString(letter), x, width));
  }

  private void draw(String unicode, float left, float width) {
    Matrix matrix = new Matrix(SIZE, 0, 0, SIZE, left, y);
    x = left + width;
    glyphs.add(
        new TextPosition(
            0,
            PAGE,
            PAGE,
            matrix,
            x,
            y,
            HEIGHT,
            width,
            SIZE,
            unicode,
            new int[] {unicode.codePointAt(0)},
            font,
            SIZE,
            (int) SIZE));
  }

  private List<String> texts() {
    List<Line> lines = new ArrayList<>();
    new GlyphRun(new LineBuilder(), lines).add(glyphs);
    return lines.stream().map(Line::text).toList();
  }
}
