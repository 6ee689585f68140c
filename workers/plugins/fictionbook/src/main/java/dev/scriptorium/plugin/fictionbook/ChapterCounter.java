package dev.scriptorium.plugin.fictionbook;

import dev.scriptorium.booktext.MarkupAttributes;
import java.util.Set;

/**
 * Says where chapters begin, the same way in every reading: each outermost section of a main body
 * is one, and so is what stands in a body before, between and after its sections.
 */
final class ChapterCounter {
  private static final Set<String> NOTE_BODIES = Set.of("notes", "comments", "footnotes");

  private int depth;
  private int chapters;
  private boolean inBody;
  private boolean inNotes;
  private boolean loose;
  private boolean opened;

  /** Takes an element; afterwards {@link #opened()} says whether it began a chapter. */
  void start(String element, MarkupAttributes attributes) {
    depth++;
    opened = false;
    if (depth == 2) {
      inBody = element.equals("body");
      inNotes = inBody && NOTE_BODIES.contains(attributes.getOrEmpty("name"));
      loose = false;
    } else if (depth == 3 && inMainBody()) {
      boolean section = element.equals("section");
      opened = section || !loose;
      loose = !section;
      chapters += opened ? 1 : 0;
    }
  }

  void end(String element) {
    depth--;
    inBody &= depth >= 2;
  }

  /** True when the element just begun is the first of a chapter. */
  boolean opened() {
    return opened;
  }

  /** True when what comes now belongs to a chapter. */
  boolean inChapter() {
    return inMainBody() && depth >= 3;
  }

  boolean inNoteBody() {
    return inBody && inNotes;
  }

  /** Depth of the current element; 1 for the root. */
  int depth() {
    return depth;
  }

  /** Chapters begun so far. */
  int chapters() {
    return chapters;
  }

  private boolean inMainBody() {
    return inBody && !inNotes;
  }
}
