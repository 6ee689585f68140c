package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.ChapterContent;
import dev.scriptorium.booktext.ChapterContent.FoundNote;
import dev.scriptorium.booktext.ChapterContent.NoteReference;
import dev.scriptorium.plugin.Note;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Binds notes to the marks that lead to them, over all chapters: endnotes often fill a document of
 * their own. Footnotes without a mark stand where they were found.
 */
final class NoteBinder {
  private final int maxCodePoints;
  private final Map<String, String> texts = new HashMap<>();
  private final List<Reference> references = new ArrayList<>();
  private final List<Loose> footnotes = new ArrayList<>();
  private int codePoints;

  NoteBinder(int maxCodePoints) {
    this.maxCodePoints = maxCodePoints;
  }

  /** Takes the notes and marks of a chapter. */
  void chapter(int ordinal, String path, ChapterContent content) {
    for (NoteReference reference : content.references()) {
      String target = reference.target();
      String address = target.startsWith("#") ? path + target : target;
      references.add(new Reference(ordinal, reference.label(), reference.offset(), address));
    }
    for (FoundNote note : content.notes()) {
      codePoints += note.text().length();
      if (codePoints <= maxCodePoints && !note.text().isEmpty()) {
        String address = path + "#" + note.id();
        if (note.id().isEmpty() || texts.putIfAbsent(address, note.text()) != null) {
          address = "";
        }
        footnotes.add(new Loose(ordinal, note, address));
      }
    }
  }

  /** The notes: those with marks in the order of the marks, then the footnotes without one. */
  List<Note> notes() {
    List<Note> notes = new ArrayList<>();
    Set<String> marked = new HashSet<>();
    for (Reference reference : references) {
      String text = texts.get(reference.address);
      if (text != null) {
        marked.add(reference.address);
        notes.add(new Note(reference.chapter, reference.label, reference.offset, text));
      }
    }
    for (Loose loose : footnotes) {
      if (!marked.contains(loose.address) && loose.note.takenOut()) {
        notes.add(new Note(loose.chapter, "", loose.note.offset(), loose.note.text()));
      }
    }
    return notes;
  }

  private record Reference(int chapter, String label, int offset, String address) {}

  private record Loose(int chapter, FoundNote note, String address) {}
}
