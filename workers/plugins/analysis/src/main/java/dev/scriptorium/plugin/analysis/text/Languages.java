package dev.scriptorium.plugin.analysis.text;

import java.util.Locale;

/** What the analysis must know of BCP 47 tags. */
public final class Languages {
  private Languages() {}

  /** Primary subtag in lower case; empty when the tag is empty. */
  public static String primary(String tag) {
    int end = 0;
    while (end < tag.length() && Character.isLetter(tag.charAt(end))) {
      end++;
    }
    return tag.substring(0, end).toLowerCase(Locale.ROOT);
  }

  /** True for English and for books that do not say what they are. */
  public static boolean treatedAsEnglish(String tag) {
    return switch (primary(tag)) {
      // Some books give the three-letter code, which BCP 47 does not allow for English.
      case "", "und", "en", "eng" -> true;
      default -> false;
    };
  }
}
