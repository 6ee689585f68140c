package dev.scriptorium.plugin.fictionbook;

import dev.scriptorium.booktext.CanonicalText;

/** A note being read; its title is its label and not a part of its text. */
final class NoteText {
  private final String id;
  private final CanonicalText text;
  private final int depth;
  private int titleDepth;

  NoteText(String id, CanonicalText text, int depth) {
    this.id = id;
    this.text = text;
    this.depth = depth;
  }

  String id() {
    return id;
  }

  /** Depth of the note's element. */
  int depth() {
    return depth;
  }

  /** The text; the note is over. */
  String finish() {
    return text.finish();
  }

  void start(String element) {
    if (titleDepth > 0 || element.equals("title")) {
      titleDepth++;
    } else if (element.equals("p") || element.equals("v") || element.equals("section")) {
      text.startBlock();
    }
  }

  void text(char[] chars, int offset, int length) {
    if (titleDepth == 0) {
      text.text(chars, offset, length);
    }
  }

  void end(String element) {
    if (titleDepth > 0) {
      titleDepth--;
    } else if (element.equals("p") || element.equals("v") || element.equals("section")) {
      text.endBlock();
    }
  }
}
