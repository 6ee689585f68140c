package dev.scriptorium.samples.epub;

/** What is counted through the whole book: notes, and pages of some 250 words. */
final class Counters {
  private static final int WORDS_OF_A_PAGE = 250;

  private int notes;
  private int pages;
  private int words = WORDS_OF_A_PAGE;

  /** Number of the next note. */
  int nextNote() {
    return ++notes;
  }

  /** True when a page begins before the next paragraph; its number is then {@link #page()}. */
  boolean pageBegins() {
    if (words < WORDS_OF_A_PAGE) {
      return false;
    }
    words = 0;
    pages++;
    return true;
  }

  /** Number of the page. */
  int page() {
    return pages;
  }

  /** Counts the words of a paragraph. */
  void count(String paragraph) {
    words += paragraph.split("\\s+", -1).length;
  }

  /** Ends the page, as a new chapter does. */
  void endPage() {
    words = WORDS_OF_A_PAGE;
  }
}
