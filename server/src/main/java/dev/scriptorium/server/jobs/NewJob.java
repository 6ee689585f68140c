package dev.scriptorium.server.jobs;

import java.util.List;
import java.util.UUID;

/**
 * A job to be committed.
 *
 * @param owner whose job it is
 * @param book the book it works on; {@link Job#NO_BOOK} for none
 * @param kind for example {@code parse}
 * @param mediaType media type of the book file
 * @param tier 1 to 3: lower tiers are scheduled first
 * @param firstChapter first chapter of an analyze slice, from 1; 0 for other kinds
 * @param lastChapter last chapter of the slice; 0 for other kinds
 * @param after what must succeed first: ids of committed jobs when positive; when negative, {@code
 *     -n} is the n-th job, counted from 1, of the same call
 * @param terms on what terms it runs
 */
public record NewJob(
    UUID owner,
    UUID book,
    String kind,
    String mediaType,
    int tier,
    int firstChapter,
    int lastChapter,
    List<Long> after,
    Terms terms) {

  /** Checks the tier and copies the list. */
  public NewJob {
    after = List.copyOf(after);
    if (tier < 1 || tier > 3) {
      throw new IllegalArgumentException("tier " + tier + " is not 1, 2 or 3");
    }
  }

  /** The same job, waiting for others. */
  NewJob withAfter(List<Long> others) {
    return new NewJob(owner, book, kind, mediaType, tier, firstChapter, lastChapter, others, terms);
  }
}
