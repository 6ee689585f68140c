package dev.scriptorium.plugin;

/**
 * What the formulas of readability are made of. A word is a run of letters and digits, apostrophes
 * and hyphens inside it belonging to it; in scripts that do not separate words each character is
 * one.
 *
 * @param words at least 0, as are all
 * @param sentences at least 1 when there is a word
 * @param letters letters and digits of the words
 * @param syllables of the words, by the rules of the language as far as they are known
 * @param longWords words of more than six letters
 * @param manySyllables words of three syllables or more
 */
public record TextCounts(
    long words, long sentences, long letters, long syllables, long longWords, long manySyllables) {
  /** Of no text. */
  public static final TextCounts NONE = new TextCounts(0, 0, 0, 0, 0, 0);

  /** Checks the ranges. */
  public TextCounts {
    long least =
        Math.min(
            Math.min(Math.min(words, sentences), Math.min(letters, syllables)),
            Math.min(longWords, manySyllables));
    if (least < 0 || longWords > words || manySyllables > words) {
      throw new IllegalArgumentException("counts that cannot be: words " + words);
    }
  }

  /** Of both texts together. */
  public TextCounts plus(TextCounts other) {
    return new TextCounts(
        words + other.words,
        sentences + other.sentences,
        letters + other.letters,
        syllables + other.syllables,
        longWords + other.longWords,
        manySyllables + other.manySyllables);
  }
}
