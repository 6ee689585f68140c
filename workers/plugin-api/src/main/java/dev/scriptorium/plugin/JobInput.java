package dev.scriptorium.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** What a job reads. */
public sealed interface JobInput {
  /**
   * An uploaded file: for inspect and parse.
   *
   * @param path the file, read-only; its name says nothing
   * @param fileName name given by the user, for messages and as the title of last resort
   */
  record BookFile(Path path, String fileName) implements JobInput {}

  /** Nothing but the payload: for a job that belongs to no book. */
  record Nothing() implements JobInput {}

  /** A slice of a parsed book: for analyze. Chapters are read one at a time. */
  non-sealed interface BookText extends JobInput {
    /** The slice, in reading order; not empty. */
    List<ChapterInfo> chapters();

    /**
     * Canonical text of a chapter of the slice.
     *
     * @param ordinal the chapter's, from 1
     * @throws IllegalArgumentException when the slice has no such chapter
     */
    String text(int ordinal) throws IOException;
  }

  /** A whole analyzed book: for summarize. */
  non-sealed interface BookFindings extends JobInput {
    /** The book's text. */
    BookText book();

    /** What the analyze jobs found, in reading order. */
    List<Passage> passages() throws IOException;

    /** Names in the text, in reading order. */
    List<Mention> mentions() throws IOException;

    /** What is said by somebody who is named, in reading order. */
    List<Quotation> quotations() throws IOException;

    /** Figures of the chapters by their ordinals, rising; a chapter that was not read has none. */
    SortedMap<Integer, Facts> chapterFacts() throws IOException;

    /** How the slices were analyzed, in reading order; those that do not say it are left out. */
    default List<AnalysisRun> runs() throws IOException {
      return List.of();
    }
  }

  /**
   * A chapter without its text.
   *
   * @param ordinal from 1
   * @param title empty when it has none
   * @param codePoints length of its text
   */
  record ChapterInfo(int ordinal, String title, int codePoints) {}
}
