package dev.scriptorium.plugin.pdf;

import org.jspecify.annotations.Nullable;

/**
 * Counts the glyphs of a page whose letters are known. A font without a table of letters gives
 * nothing, the replacement character, private codes or control codes. Not thread-safe.
 */
final class Legibility {
  /** Fewer glyphs than this tell nothing. */
  private static final int FEWEST = 20;

  /** Share of illegible glyphs from which a page is garbled: formulas have fewer. */
  private static final double GARBLED_SHARE = 0.3;

  private int drawn;
  private int legible;

  void startPage() {
    drawn = 0;
    legible = 0;
  }

  /** Counts a glyph that is drawn. */
  void drawn() {
    drawn++;
  }

  /** Counts what the glyph says. */
  void read(@Nullable String unicode) {
    legible += isLegible(unicode) ? 1 : 0;
  }

  private static boolean isLegible(@Nullable String unicode) {
    if (unicode == null || unicode.isEmpty()) {
      return false;
    }
    char c = unicode.charAt(0);
    boolean control = c < ' ' ? !Character.isWhitespace(c) : c >= 0x7F && c < 0xA0;
    return !control && c != 0xFFFD && (c < 0xE000 || c > 0xF8FF);
  }

  boolean garbled() {
    return drawn >= FEWEST && drawn - legible >= GARBLED_SHARE * drawn;
  }
}
