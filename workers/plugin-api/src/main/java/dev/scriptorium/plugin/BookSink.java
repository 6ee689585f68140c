package dev.scriptorium.plugin;

import java.io.IOException;

/**
 * Takes what a handler finds, in the order in which it is handed over, and keeps none of it in
 * memory. Not thread-safe. Every method throws {@link IllegalArgumentException} when a record
 * breaks a rule of its type, and {@link IOException} when the result cannot be written.
 */
public interface BookSink {
  /** What the file says about the book; at most once. */
  void metadata(Metadata metadata) throws IOException;

  /** The next chapter, in reading order; the first has ordinal 1. */
  void chapter(Chapter chapter) throws IOException;

  /** The next line of the contents. */
  void contents(ContentsEntry entry) throws IOException;

  /** A picture of the book, or its cover. */
  void image(Image image) throws IOException;

  /** A note, after its chapter. */
  void note(Note note) throws IOException;

  /** A place of the book's own counting, after its chapter. */
  void position(SourcePosition position) throws IOException;

  /** A line of a page that is no part of the text. */
  default void furniture(Furniture furniture) throws IOException {
    // Who only wants the book has no use for it.
  }

  /** Something left out or repaired; at most 1000 are kept. */
  void warning(Warning warning) throws IOException;

  /** A described place, character, mood, object or action. */
  void passage(Passage passage) throws IOException;

  /** A name in the text. */
  void mention(Mention mention) throws IOException;

  /** A character or place of the whole book. */
  void entity(Entity entity) throws IOException;

  /** Something that a character says. */
  void quotation(Quotation quotation) throws IOException;

  /**
   * Figures of a chapter of the input; its keywords are of {@code analyze} the most frequent words
   * that may become some, of {@code summarize} those that tell the chapter from others.
   *
   * @param chapter ordinal
   */
  void chapterFacts(int chapter, Facts facts) throws IOException;

  /** Figures of the whole book; at most once. */
  void bookFacts(Facts facts) throws IOException;

  /** How the analysis was made; at most once. */
  default void analysisRun(AnalysisRun run) throws IOException {
    // Who only wants what was found has no use for it.
  }

  /** Says that something is missing that a fault-free run would have given. */
  void degraded();
}
