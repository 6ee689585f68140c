package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lines whose font does not tell how wide its space is. */
class GlyphRunTest {
  private final Glyphs glyphs = new Glyphs();
  private final List<TextPosition> line = new ArrayList<>();
  private float x = 50;

  @Test
  void narrowSpacesPartHangul() {
    draw("우리의", Glyphs.SIZE);
    x += 1.8f;
    draw("자유", Glyphs.SIZE);
    x += 2;
    draw("GNU", 5);
    draw("는", Glyphs.SIZE);

    assertThat(texts()).containsExactly("우리의 자유 GNU는");
  }

  @Test
  void stretchedHangulStaysAWord() {
    for (String syllable : List.of("우", "리", "의")) {
      draw(syllable, Glyphs.SIZE);
      x += 0.4f;
    }

    assertThat(texts()).containsExactly("우리의");
  }

  @Test
  void glyphsWithoutLettersDoNoHarm() {
    draw("the ti", 5);
    line.add(glyph(""));
    draw("de", 5);

    assertThat(texts()).containsExactly("the tide");

    line.add(glyph("\u05D0"));
    assertThat(texts(new BidiOrder(false))).containsExactly("the tide\u05D0");
  }

  /** Draws letters of one width, each where the one before ends. */
  private void draw(String text, float width) {
    for (int letter : text.codePoints().toArray()) {
      line.add(glyphs.glyph(Character.toString(letter), x, width));
      x += width;
    }
  }

  private TextPosition glyph(String text) {
    return glyphs.glyph(text, x, 0);
  }

  private List<String> texts() {
    return texts(null);
  }

  private List<String> texts(@Nullable BidiOrder order) {
    List<Line> lines = new ArrayList<>();
    new GlyphRun(new LineBuilder(), lines, order).add(line);
    return lines.stream().map(Line::text).toList();
  }
}
