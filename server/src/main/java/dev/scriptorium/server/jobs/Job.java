package dev.scriptorium.server.jobs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A committed job: what to do. Never changes.
 *
 * @param id positive; incarnation of the committing server and a sequence number
 * @param owner whose job it is
 * @param book the book it works on; {@link #NO_BOOK} for none
 * @param kind for example {@code parse}
 * @param mediaType media type of the book file
 * @param tier 1 to 3: lower tiers are scheduled first
 * @param firstChapter first chapter of an analyze slice, from 1; 0 for other kinds
 * @param lastChapter last chapter of the slice; 0 for other kinds
 * @param after ids of the jobs that must succeed first
 * @param createdAt when it was committed
 * @param terms on what terms it runs
 */
public record Job(
    long id,
    UUID owner,
    UUID book,
    String kind,
    String mediaType,
    int tier,
    int firstChapter,
    int lastChapter,
    List<Long> after,
    Instant createdAt,
    Terms terms) {
  /** Stands for the book of a job that belongs to none. */
  public static final UUID NO_BOOK = new UUID(0, 0);

  /** Copies the list. */
  public Job {
    after = List.copyOf(after);
  }

  /** Incarnation of the server that committed it. */
  public long incarnation() {
    return JobId.incarnation(id);
  }

  /** True when it works on a book. */
  public boolean hasBook() {
    return !book.equals(NO_BOOK);
  }
}
