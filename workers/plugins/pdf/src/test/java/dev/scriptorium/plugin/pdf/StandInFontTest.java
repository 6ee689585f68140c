package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.junit.jupiter.api.Test;

class StandInFontTest {
  private final FontBoxFont font;

  StandInFontTest() throws IOException {
    font = new TTFParser().parse(new RandomAccessReadBuffer(BundledFonts.bytes()));
  }

  @Test
  void saysWhatTheFontSays() throws IOException {
    StandInFont standIn = new StandInFont(() -> font);

    assertThat(standIn.getName()).isEqualTo(font.getName());
    assertThat(numbers(standIn)).isEqualTo(numbers(font));
    assertThat(standIn.getFontBBox().toString()).isEqualTo(font.getFontBBox().toString());
    assertThat(standIn.getWidth("A")).isEqualTo(font.getWidth("A")).isPositive();
    assertThat(standIn.hasGlyph("A")).isTrue();
    assertThat(standIn.hasGlyph("nowhere")).isFalse();
    assertThat(standIn.getPath("A").getBounds()).isEqualTo(font.getPath("A").getBounds());
  }

  private static List<Float> numbers(FontBoxFont font) throws IOException {
    return font.getFontMatrix().stream().map(Number::floatValue).toList();
  }

  @Test
  void readsNothingForWhatIsKnown() {
    StandInFont standIn =
        new StandInFont(
            () -> {
              throw new AssertionError("was read");
            });

    assertThat(standIn.getName()).isNotEmpty();
    assertThat(standIn.getFontMatrix()).hasSize(6);
  }
}
