package dev.scriptorium.plugin.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;

/**
 * Stands in for every font that a file does not carry. Text needs no shapes, only widths, which the
 * file gives; so the fonts of the machine are never searched, which saves a second on the first
 * book and makes the text the same on every machine. Thread-safe.
 */
final class BundledFonts implements FontMapper {
  private static final String RESOURCE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private final StandInFont standIn = new StandInFont(() -> Loaded.FONT);

  private BundledFonts() {}

  /** Makes PDFBox use it, for the whole process. */
  static void use() {
    FontMappers.set(new BundledFonts());
  }

  /**
   * The font's file.
   *
   * @throws IOException when PDFBox has lost its own font
   */
  static byte[] bytes() throws IOException {
    try (InputStream in = FontMappers.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("PDFBox has no font " + RESOURCE);
      }
      return in.readAllBytes();
    }
  }

  @Override
  public FontMapping<TrueTypeFont> getTrueTypeFont(String baseFont, PDFontDescriptor descriptor) {
    return new FontMapping<>(Loaded.FONT, true);
  }

  @Override
  public FontMapping<FontBoxFont> getFontBoxFont(String baseFont, PDFontDescriptor descriptor) {
    return new FontMapping<>(standIn, true);
  }

  @Override
  public CIDFontMapping getCIDFont(
      String baseFont, PDFontDescriptor descriptor, PDCIDSystemInfo system) {
    return new CIDFontMapping(null, Loaded.FONT, true);
  }

  /** Read when it is first needed: that takes a new process some 30 ms. */
  private static final class Loaded {
    static final TrueTypeFont FONT = load();

    private static TrueTypeFont load() {
      try {
        return new TTFParser().parse(new RandomAccessReadBuffer(bytes()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
