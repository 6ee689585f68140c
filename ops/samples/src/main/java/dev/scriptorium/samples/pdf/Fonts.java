package dev.scriptorium.samples.pdf;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** The typeface: one of those that every PDF reader has. */
final class Fonts {
  private static final float UNITS = 1_000;

  private final Map<Run.Style, PDFont> fonts = new EnumMap<>(Run.Style.class);

  Fonts() {
    fonts.put(Run.Style.REGULAR, new PDType1Font(FontName.TIMES_ROMAN));
    fonts.put(Run.Style.ITALIC, new PDType1Font(FontName.TIMES_ITALIC));
    fonts.put(Run.Style.BOLD, new PDType1Font(FontName.TIMES_BOLD));
  }

  PDFont get(Run.Style style) {
    return Objects.requireNonNull(fonts.get(style));
  }

  /** Width of a text in points. */
  float width(String text, Run.Style style, float size) throws IOException {
    return get(style).getStringWidth(text) / UNITS * size;
  }
}
