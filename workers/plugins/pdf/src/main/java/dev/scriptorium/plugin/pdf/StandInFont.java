package dev.scriptorium.plugin.pdf;

import java.awt.geom.GeneralPath;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.util.BoundingBox;

/**
 * The bundled font for a Type 1 font that a file does not carry. What PDFBox asks of every such
 * font is known here; for the rest, which few books need, the font itself is read. As thread-safe
 * as that.
 */
final class StandInFont implements FontBoxFont {
  private static final String NAME = "LiberationSans";
  private static final float UNIT = 1f / 2048;
  private static final List<Number> MATRIX = List.of(UNIT, 0, 0, UNIT, 0, 0);

  private final Supplier<? extends FontBoxFont> font;

  StandInFont(Supplier<? extends FontBoxFont> font) {
    this.font = font;
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public List<Number> getFontMatrix() {
    return MATRIX;
  }

  @Override
  public BoundingBox getFontBBox() throws IOException {
    return font.get().getFontBBox();
  }

  @Override
  public GeneralPath getPath(String name) throws IOException {
    return font.get().getPath(name);
  }

  @Override
  public float getWidth(String name) throws IOException {
    return font.get().getWidth(name);
  }

  @Override
  public boolean hasGlyph(String name) throws IOException {
    return font.get().hasGlyph(name);
  }
}
