package dev.scriptorium.plugin.analysis.facts;

import java.util.Set;

/**
 * Counts syllables by the vowels of a word: exact where each vowel is one, as in Cyrillic, and
 * close where some are silent, as in English and French. Pure.
 */
final class Syllables {
  private static final String VOWELS =
      "aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿāăąēęěīįıōőūůűųаеёиоуыэюяієїαεηιουωάέήίόύώϊϋΐΰ";
  private static final String LATIN_VOWELS = "aeiouy";
  // Where two vowels in a row are mostly two syllables.
  private static final Set<String> EACH_VOWEL = Set.of("ru", "uk", "bg", "sr", "be", "mk");
  // Where vowels in a row are two syllables unless one of them is weak.
  private static final Set<String> STRONG_APART = Set.of("es", "it", "pt");

  private Syllables() {}

  /**
   * @param word in lower case
   * @param language primary subtag; empty when unknown
   * @return at least 1
   */
  static int count(String word, String language) {
    int groups = groups(word, language);
    return Math.max(
        1,
        switch (language) {
          case "en" -> groups - silentInEnglish(word);
          case "fr" -> groups - silentInFrench(word);
          default -> groups;
        });
  }

  private static int groups(String word, String language) {
    int groups = 0;
    char before = ' ';
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean yOpens = c == 'y' && i + 1 < word.length() && vowel(word.charAt(i + 1));
      if (vowel(c) && !yOpens && (!vowel(before) || apart(before, c, language))) {
        groups++;
      }
      before = yOpens ? ' ' : c;
    }
    return groups;
  }

  private static boolean apart(char first, char second, String language) {
    if (EACH_VOWEL.contains(language)) {
      return true;
    }
    if (STRONG_APART.contains(language)) {
      return (strong(first) && strong(second)) || accentedWeak(first) || accentedWeak(second);
    }
    // Di-ary, the-ory; -ion and -ea- are too often one syllable.
    boolean open = (first == 'i' && second == 'a') || (first == 'e' && second == 'o');
    return open && language.equals("en");
  }

  private static boolean strong(char c) {
    return "aeoáéóàèòâêôãõ".indexOf(c) >= 0;
  }

  private static boolean accentedWeak(char c) {
    return c == 'í' || c == 'ú' || c == 'ì' || c == 'ù';
  }

  /** The e of make and makes, the ed of walked; not of the, table, wanted, horses. */
  private static int silentInEnglish(String word) {
    int n = word.length();
    if (n < 3) {
      return 0;
    }
    if (word.endsWith("eye") || word.endsWith("eyes")) {
      return 1;
    }
    if (word.endsWith("e") && consonant(word.charAt(n - 2))) {
      return word.endsWith("le") && n > 3 && consonant(word.charAt(n - 3)) ? 0 : 1;
    }
    if (word.endsWith("ed") && n > 3 && consonant(word.charAt(n - 3))) {
      char c = word.charAt(n - 3);
      boolean syllabicL = c == 'l' && consonant(word.charAt(n - 4));
      return c == 't' || c == 'd' || syllabicL ? 0 : 1;
    }
    if (word.endsWith("es") && n > 3 && consonant(word.charAt(n - 3))) {
      String end = word.substring(n - 4, n - 2);
      boolean hissing =
          "sxz".indexOf(word.charAt(n - 3)) >= 0
              || end.equals("ch")
              || end.equals("sh")
              || "cg".indexOf(word.charAt(n - 3)) >= 0;
      boolean syllabicL = word.charAt(n - 3) == 'l' && consonant(word.charAt(n - 4));
      return hissing || syllabicL ? 0 : 1;
    }
    return 0;
  }

  private static int silentInFrench(String word) {
    int n = word.length();
    boolean silent =
        (n > 2 && word.endsWith("e") && consonant(word.charAt(n - 2)))
            || (n > 3 && word.endsWith("es") && consonant(word.charAt(n - 3)))
            || (n > 4 && word.endsWith("ent") && consonant(word.charAt(n - 4)));
    return silent ? 1 : 0;
  }

  private static boolean consonant(char c) {
    return c >= 'a' && c <= 'z' && LATIN_VOWELS.indexOf(c) < 0;
  }

  private static boolean vowel(char c) {
    return VOWELS.indexOf(c) >= 0;
  }
}
