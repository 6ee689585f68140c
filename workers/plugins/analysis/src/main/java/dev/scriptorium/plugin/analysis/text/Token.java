package dev.scriptorium.plugin.analysis.text;

/**
 * A word, number or punctuation mark.
 *
 * @param text as it stands in the chapter
 * @param lower the text in lower case, apostrophes straight
 * @param start UTF-16 index in the chapter
 * @param end one past the last
 * @param tag universal part of speech; empty when the language has no model
 * @param quoted true inside quotation marks, framed narration not counted
 */
public record Token(String text, String lower, int start, int end, String tag, boolean quoted) {

  /** True for words and numbers. */
  public boolean word() {
    return Character.isLetterOrDigit(text.codePointAt(0))
        || (text.length() > 1 && Character.isLetter(text.codePointAt(1)));
  }

  /** True when it begins with a capital letter. */
  public boolean capitalised() {
    int first = text.codePointAt(0);
    return Character.isUpperCase(first) || Character.isTitleCase(first);
  }

  /** True when it is of this part of speech. */
  public boolean is(String other) {
    return tag.equals(other);
  }
}
