package dev.scriptorium.plugin;

/** The built-in kinds of jobs. */
public final class JobKinds {
  /** Metadata, cover and contents titles, fast. Input: {@link JobInput.BookFile}. */
  public static final String INSPECT = "inspect";

  /** Chapters, contents with targets, images, notes. Input: {@link JobInput.BookFile}. */
  public static final String PARSE = "parse";

  /** Passages and mentions of a slice of chapters. Input: {@link JobInput.BookText}. */
  public static final String ANALYZE = "analyze";

  /** Entities and final priorities of a whole book. Input: {@link JobInput.BookFindings}. */
  public static final String SUMMARIZE = "summarize";

  private JobKinds() {}
}
