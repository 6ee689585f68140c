package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LegibilityTest {
  private final Legibility legibility = new Legibility();

  private void draw(int count, String unicode) {
    for (int i = 0; i < count; i++) {
      legibility.drawn();
      legibility.read(unicode);
    }
  }

  @Test
  void pagesOfUnknownGlyphsAreGarbled() {
    for (String unknown : new String[] {"\uFFFD", "\uE001", "\u0003", ""}) {
      legibility.startPage();
      draw(50, "a");
      assertThat(legibility.garbled()).isFalse();
      draw(30, unknown);
      assertThat(legibility.garbled()).isTrue();
    }
  }

  @Test
  void glyphsThatPdfBoxLeavesOutCount() {
    draw(10, "a");
    for (int i = 0; i < 20; i++) {
      legibility.drawn();
    }

    assertThat(legibility.garbled()).isTrue();
  }

  @Test
  void aFormulaOrAFewOrnamentsMakeNoPageGarbled() {
    draw(5, "\uE001");
    assertThat(legibility.garbled()).isFalse();
    draw(100, "я");
    draw(20, "\uE001");

    assertThat(legibility.garbled()).isFalse();
  }
}
