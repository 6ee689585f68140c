package dev.scriptorium.booktext;

import dev.scriptorium.positions.SourceMap;
import dev.scriptorium.positions.SourcePath;
import dev.scriptorium.positions.SourceRuns;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a walk over one content document found. Offsets are code points of the text.
 *
 * @param text canonical text
 * @param html sanitised HTML
 * @param words words of the text
 * @param codePoints length of the text
 * @param documentTitle {@code title} of the document's head; empty when none
 * @param language {@code lang} of the document; empty when none
 * @param headings in reading order
 * @param images resources of the pictures shown, in order of appearance
 * @param anchors offsets of the ids that were asked for
 * @param references references to notes
 * @param notes notes found, in the running text or taken out of it
 * @param pageBreaks printed page numbers
 * @param truncated true when text was cut off by the limit
 * @param flattened true when elements were nested too deep and lost their markup
 * @param unknownEntities entities that were left out, at most a few names
 * @param origin where the text stands in its source; whose place in a book it does not know
 */
public record ChapterContent(
    String text,
    String html,
    int words,
    int codePoints,
    String documentTitle,
    String language,
    List<Heading> headings,
    Set<String> images,
    Map<String, Integer> anchors,
    List<NoteReference> references,
    List<FoundNote> notes,
    List<PageBreak> pageBreaks,
    boolean truncated,
    boolean flattened,
    Set<String> unknownEntities,
    SourceMap origin) {

  /** A chapter without text. */
  public static ChapterContent empty(String html) {
    return new ChapterContent(
        "",
        html,
        0,
        0,
        "",
        "",
        List.of(),
        Set.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        false,
        Set.of(),
        SourceMap.of(new SourcePath(), new SourceRuns()));
  }

  /**
   * A heading.
   *
   * @param level 1 to 6
   * @param title one line; not empty
   * @param offset where it begins
   */
  public record Heading(int level, String title, int offset) {}

  /**
   * A mark in the text that leads to a note.
   *
   * @param label as printed
   * @param target what {@link LinkResolver#link} made of its address
   * @param offset where it stands
   */
  public record NoteReference(String label, String target, int offset) {}

  /**
   * A note.
   *
   * @param id its id; empty when it has none
   * @param text plain text
   * @param offset where it stood or stands
   * @param takenOut true when the chapter's text does not hold it
   */
  public record FoundNote(String id, String text, int offset, boolean takenOut) {}

  /**
   * The begin of a printed page.
   *
   * @param label its number as printed; not empty
   * @param offset where it begins
   * @param elementPath path of the element that says so
   */
  public record PageBreak(String label, int offset, String elementPath) {}
}
