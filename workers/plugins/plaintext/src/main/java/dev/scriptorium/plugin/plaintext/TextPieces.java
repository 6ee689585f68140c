package dev.scriptorium.plugin.plaintext;

import dev.scriptorium.booktext.MarkupHandler;

/** Tells text piece by piece: a book may be one line. */
final class TextPieces {
  private static final int PIECE = 1 << 16;

  private TextPieces() {}

  /** Tells the characters from one index to another. */
  static void tell(String text, int from, int to, MarkupHandler handler) {
    char[] chars = new char[Math.min(PIECE, to - from)];
    for (int at = from; at < to; at += chars.length) {
      int count = Math.min(chars.length, to - at);
      text.getChars(at, at + count, chars, 0);
      handler.text(chars, 0, count);
    }
  }
}
