package dev.scriptorium.server.analysis;

import dev.scriptorium.server.analysis.FactsStore.PlacedFacts;
import dev.scriptorium.server.analysis.FindingStore.NumberedMention;
import dev.scriptorium.server.analysis.FindingStore.NumberedPassage;
import dev.scriptorium.server.analysis.QuotationStore.NumberedQuotation;
import dev.scriptorium.server.catalog.result.ChapterSpans;
import dev.scriptorium.server.catalog.result.ResultItems;
import dev.scriptorium.server.catalog.result.RowBatch;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.worker.v1.AnalysisRunResult;
import dev.scriptorium.worker.v1.ChapterFactsResult;
import dev.scriptorium.worker.v1.EntityMention;
import dev.scriptorium.worker.v1.EntityResult;
import dev.scriptorium.worker.v1.FactsResult;
import dev.scriptorium.worker.v1.PassageResult;
import dev.scriptorium.worker.v1.QuotationResult;
import dev.scriptorium.worker.v1.ResultItem;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Takes the items of one summary into the database. Bound to the transaction of one job. */
final class SummaryItems {
  private static final int MAX_PASSAGES = 100_000;
  private static final int MAX_ENTITIES = 50_000;
  private static final int MAX_MENTIONS = 2_000_000;
  private static final int MAX_QUOTATIONS = 100_000;

  private final Handle handle;
  private final Job job;
  private final RunStore runs = new RunStore();
  private final ResultItems items;
  private final ChapterSpans chapters;
  private final FindingChecks checks;
  private final RowBatch<NumberedPassage> passages;
  private final RowBatch<EntityResult> entities;
  private final RowBatch<NumberedMention> mentions;
  private final RowBatch<NumberedQuotation> quotations;
  private final RowBatch<PlacedFacts> facts;
  private final Map<Integer, Integer> quotationsOf = new HashMap<>();
  private int passageCount;
  private int entityCount;
  private int mentionCount;
  private int quotationCount;
  private boolean degraded;
  private @Nullable AnalysisRunResult run;

  /** Forgets what an earlier analysis of the book found. */
  SummaryItems(Handle handle, Job job, ResultItems items, ChapterSpans chapters) {
    FindingStore store = new FindingStore(handle, job, chapters);
    QuotationStore quotationStore = new QuotationStore();
    FactsStore factsStore = new FactsStore();
    store.deletePassages();
    store.deleteMentions();
    store.deleteEntities();
    quotationStore.delete(handle, job);
    factsStore.delete(handle, job);
    runs.delete(handle, job);
    this.handle = handle;
    this.job = job;
    this.items = items;
    this.chapters = chapters;
    this.checks = new FindingChecks(items, chapters);
    this.passages = new RowBatch<>(store::insertPassages);
    this.entities = new RowBatch<>(store::insertEntities);
    this.mentions = new RowBatch<>(store::insertMentions);
    this.quotations = new RowBatch<>(rows -> quotationStore.insert(handle, job, chapters, rows));
    this.facts = new RowBatch<>(rows -> factsStore.insert(handle, job, rows));
  }

  void take(ResultItem item) throws ResultInvalidException {
    switch (item.getItemCase()) {
      case PASSAGE -> passage(item.getPassage());
      case ENTITY -> entity(item.getEntity());
      case QUOTATION -> quotation(item.getQuotation());
      case CHAPTER_FACTS -> chapterFacts(item.getChapterFacts());
      case BOOK_FACTS -> bookFacts(item.getBookFacts());
      case ANALYSIS_RUN -> {
        checks.run(item.getAnalysisRun());
        run = item.getAnalysisRun();
      }
      case SUMMARY -> degraded |= item.getSummary().getDegraded();
      case WARNING -> {
        // Kept in the blob alone.
      }
      default -> items.require(false, "summarize gives no such item");
    }
  }

  /** Writes what has gathered. */
  void flush() {
    passages.flush();
    entities.flush();
    mentions.flush();
    quotations.flush();
    facts.flush();
    if (run != null) {
      runs.insert(handle, job, run, degraded);
    }
  }

  /** True when something is missing that a fault-free run would have given. */
  boolean degraded() {
    return degraded;
  }

  private void passage(PassageResult passage) throws ResultInvalidException {
    checks.passage(passage);
    items.require(++passageCount <= MAX_PASSAGES, "there are at most " + MAX_PASSAGES);
    passages.add(new NumberedPassage(passageCount, passage), passage);
  }

  private void entity(EntityResult entity) throws ResultInvalidException {
    checks.entity(entity, ++entityCount);
    items.require(entityCount <= MAX_ENTITIES, "there are at most " + MAX_ENTITIES);
    entities.add(entity, entity);
    int number = 0;
    for (EntityMention mention : entity.getMentionsList()) {
      items.require(++mentionCount <= MAX_MENTIONS, "mentions are at most " + MAX_MENTIONS);
      mentions.add(new NumberedMention(entity.getOrdinal(), ++number, mention), mention);
    }
  }

  private void quotation(QuotationResult quotation) throws ResultInvalidException {
    checks.quotation(quotation, entityCount);
    items.require(quotation.getEntity() > 0, "a quotation of a summary has its speaker");
    items.require(++quotationCount <= MAX_QUOTATIONS, "there are at most " + MAX_QUOTATIONS);
    int number = quotationsOf.merge(quotation.getEntity(), 1, Integer::sum);
    quotations.add(new NumberedQuotation(number, quotation), quotation);
  }

  private void chapterFacts(ChapterFactsResult chapter) throws ResultInvalidException {
    checks.chapterFacts(chapter);
    int ordinal = chapter.getChapter();
    long end = chapters.bookOffset(ordinal, chapters.codePoints(ordinal));
    facts.add(new PlacedFacts(ordinal, end, chapter.getFacts()), chapter);
  }

  private void bookFacts(FactsResult book) throws ResultInvalidException {
    checks.bookFacts(book);
    facts.add(new PlacedFacts(FactsStore.BOOK, chapters.end(), book), book);
  }
}
