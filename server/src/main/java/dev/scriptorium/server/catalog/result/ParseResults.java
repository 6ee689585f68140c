package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.ResultApplier;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.server.jobs.Terms;
import dev.scriptorium.server.reading.BookText;
import dev.scriptorium.server.reading.MovedPlaces;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.v1.BookMetadata;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Applies tier 2: chapters, contents, pictures, notes, positions. Replaces what an earlier parse of
 * the same book has written, moves readers along, and asks for the analysis. The parse of a file
 * that takes the place of another one exchanges the files in the same transaction: until then
 * nothing of the book is touched, and after it nothing of the old text is left. Thread-safe.
 */
public final class ParseResults implements ResultApplier {
  private final MetadataStore books;
  private final StageStore stages;
  private final FailedTier failedTier;
  private final Editions editions;
  private final ReplacementStore replacements = new ReplacementStore();
  private final InstantSource clock;
  private final AnalysisChoiceStore choices = new AnalysisChoiceStore();

  /**
   * @param texts of the book before and after
   * @param clock says when the tier ended
   */
  public ParseResults(BookText texts, InstantSource clock) {
    this.clock = clock;
    this.editions = new Editions(texts);
    this.books = new MetadataStore(clock);
    this.stages = new StageStore(clock);
    this.failedTier = new FailedTier(clock);
  }

  @Override
  public List<NewJob> succeeded(
      Handle handle, Job job, InputStream result, @Nullable StoredBlob pack)
      throws IOException, ResultInvalidException {
    if (pack == null) {
      throw new ResultInvalidException("parse made no pack");
    }
    if (!books.touch(handle, job)) {
      return List.of();
    }
    Optional<UUID> replacement = ReplacementJob.of(job);
    if (replacement.isPresent() && !replacements.lock(handle, job, replacement.get())) {
      return List.of();
    }
    Editions.Before before = editions.before(handle, job);
    SharedItems shared = new SharedItems(handle, job, pack);
    ChapterItems chapters = new ChapterItems(handle, job, shared.packCheck());
    ResultItems items = new ResultItems(result);
    for (Optional<ResultItem> item = items.next(); item.isPresent(); item = items.next()) {
      take(items, item.get(), shared, chapters);
    }
    shared.flush();
    chapters.finish();
    List<NewJob> analysis = finish(handle, job, pack, shared, chapters.spans());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    MovedPlaces.Moved moved =
        editions.after(handle, job, before, pack.sha256().hex(), chapters.spans().end(), now);
    return replacement.map(id -> exchange(handle, job, id, moved, analysis, now)).orElse(analysis);
  }

  // What the new file says of itself comes by a job of its own.
  private List<NewJob> exchange(
      Handle handle,
      Job job,
      UUID replacement,
      MovedPlaces.Moved moved,
      List<NewJob> analysis,
      Instant now) {
    replacements.exchange(handle, job, replacement, now);
    replacements.done(handle, job, replacement, moved, now);
    List<NewJob> jobs = new ArrayList<>(analysis);
    // Last: the others name each other by their numbers in the list.
    jobs.add(
        new NewJob(
            job.owner(), job.book(), "inspect", job.mediaType(), 1, 0, 0, List.of(), terms(job)));
    return jobs;
  }

  // Its successors are not about the replacement.
  private static Terms terms(Job job) {
    return ReplacementJob.of(job).isPresent()
        ? Terms.reading(job.terms().inputBytes())
        : job.terms();
  }

  private static void take(
      ResultItems items, ResultItem item, SharedItems shared, ChapterItems chapters)
      throws ResultInvalidException {
    switch (item.getItemCase()) {
      case METADATA -> shared.metadata().take(items, item.getMetadata());
      case CHAPTER -> chapters.chapter(items, item.getChapter());
      case CONTENTS -> {
        chapters.target(items, item.getContents());
        shared.contents(items, item.getContents());
      }
      case IMAGE -> shared.image(items, item.getImage());
      case WARNING -> shared.warning(items, item.getWarning());
      case NOTE -> chapters.note(items, item.getNote());
      case POSITION -> chapters.position(items, item.getPosition());
      case SUMMARY -> shared.summary(items, item.getSummary());
      case FURNITURE -> {
        // No reader asks for running heads.
      }
      default -> items.require(false, "parse gives no such item");
    }
  }

  private List<NewJob> finish(
      Handle handle, Job job, StoredBlob pack, SharedItems shared, ChapterSpans chapters) {
    BookMetadata metadata = shared.metadata().get();
    if (metadata != null) {
      books.update(handle, job, metadata);
    }
    List<Integer> words = chapters.spans().stream().map(ChapterSpans.Span::words).toList();
    long total = words.stream().mapToLong(Integer::longValue).sum();
    books.count(handle, job, chapters.count(), total, chapters.end());
    books.pack(handle, job, pack);
    books.settleCover(handle, job);
    stages.done(handle, job, shared.degraded());
    return analysis(handle, job, words);
  }

  private List<NewJob> analysis(Handle handle, Job parse, List<Integer> words) {
    Terms terms = terms(parse).withPayload(choices.load(handle, parse.owner()).payload());
    List<NewJob> jobs =
        AnalysisJobs.of(parse.owner(), parse.book(), parse.mediaType(), terms, words);
    stages.startSlices(handle, parse.owner(), parse.book(), AnalysisJobs.slices(jobs));
    if (jobs.isEmpty()) {
      stages.nothingToAnalyze(handle, parse);
    }
    return jobs;
  }

  @Override
  public void failed(Handle handle, Job job, Failure failure) {
    Optional<UUID> replacement = ReplacementJob.of(job);
    if (replacement.isPresent()) {
      // The book stays as it is.
      replacements.failed(handle, job, replacement.get(), failure, clock.instant());
    } else {
      failedTier.failed(handle, job, failure);
    }
  }

  @Override
  public void retried(Handle handle, Job job) {
    Optional<UUID> replacement = ReplacementJob.of(job);
    if (replacement.isPresent()) {
      replacements.reopen(handle, job, replacement.get());
    } else {
      failedTier.retried(handle, job);
    }
  }
}
