package dev.scriptorium.booktext;

/**
 * Room for the text and the HTML of a chapter, in which one chapter after the other is put
 * together: to make room anew for each takes as long as to fill it. Not thread-safe.
 */
record ChapterRoom(TextBuffer text, TextBuffer html) {
  /** Room for more is not kept when the chapter is done. */
  private static final int MOST_KEPT = 1 << 18;

  /** Room that grows with the chapter. */
  ChapterRoom() {
    this(new TextBuffer(), new TextBuffer());
  }

  /** Empties it. */
  void clear() {
    text.clear(MOST_KEPT);
    html.clear(MOST_KEPT);
  }
}
