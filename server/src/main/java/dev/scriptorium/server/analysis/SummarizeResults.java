package dev.scriptorium.server.analysis;

import dev.scriptorium.server.analysis.FindingStore.NumberedMention;
import dev.scriptorium.server.analysis.FindingStore.NumberedPassage;
import dev.scriptorium.server.catalog.result.ChapterSpans;
import dev.scriptorium.server.catalog.result.FailedTier;
import dev.scriptorium.server.catalog.result.MetadataStore;
import dev.scriptorium.server.catalog.result.ResultItems;
import dev.scriptorium.server.catalog.result.RowBatch;
import dev.scriptorium.server.catalog.result.SpanStore;
import dev.scriptorium.server.catalog.result.StageStore;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.ResultApplier;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.worker.v1.EntityMention;
import dev.scriptorium.worker.v1.EntityResult;
import dev.scriptorium.worker.v1.PassageResult;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Applies the end of tier 3: the passages, characters and places of a whole book, which replace
 * those of an earlier analysis. Thread-safe.
 */
public final class SummarizeResults implements ResultApplier {
  private static final int MAX_PASSAGES = 100_000;
  private static final int MAX_ENTITIES = 50_000;
  private static final int MAX_MENTIONS = 2_000_000;

  private final MetadataStore books;
  private final StageStore stages;
  private final FailedTier failedTier;
  private final SpanStore spans = new SpanStore();

  /**
   * @param clock says when the tier ended
   */
  public SummarizeResults(InstantSource clock) {
    this.books = new MetadataStore(clock);
    this.stages = new StageStore(clock);
    this.failedTier = new FailedTier(clock);
  }

  @Override
  public List<NewJob> succeeded(
      Handle handle, Job job, InputStream result, @Nullable StoredBlob pack)
      throws IOException, ResultInvalidException {
    if (!books.touch(handle, job)) {
      return List.of();
    }
    ResultItems items = new ResultItems(result);
    Findings findings = new Findings(handle, job, items, spans.load(handle, job));
    for (Optional<ResultItem> item = items.next(); item.isPresent(); item = items.next()) {
      findings.take(item.get());
    }
    findings.flush();
    stages.done(handle, job, findings.degraded);
    return List.of();
  }

  @Override
  public void failed(Handle handle, Job job, Failure failure) {
    failedTier.failed(handle, job, failure);
  }

  @Override
  public void retried(Handle handle, Job job) {
    failedTier.retried(handle, job);
  }

  /** What has come of one result so far. */
  private static final class Findings {
    private final ResultItems items;
    private final FindingChecks checks;
    private final RowBatch<NumberedPassage> passages;
    private final RowBatch<EntityResult> entities;
    private final RowBatch<NumberedMention> mentions;
    private int passageCount;
    private int entityCount;
    private int mentionCount;
    private boolean degraded;

    Findings(Handle handle, Job job, ResultItems items, ChapterSpans chapters) {
      FindingStore store = new FindingStore(handle, job, chapters);
      store.deletePassages();
      store.deleteMentions();
      store.deleteEntities();
      this.items = items;
      this.checks = new FindingChecks(items, chapters);
      this.passages = new RowBatch<>(store::insertPassages);
      this.entities = new RowBatch<>(store::insertEntities);
      this.mentions = new RowBatch<>(store::insertMentions);
    }

    void take(ResultItem item) throws ResultInvalidException {
      switch (item.getItemCase()) {
        case PASSAGE -> passage(item.getPassage());
        case ENTITY -> entity(item.getEntity());
        case SUMMARY -> degraded |= item.getSummary().getDegraded();
        case WARNING -> {
          // Kept in the blob alone.
        }
        default -> items.require(false, "summarize gives no such item");
      }
    }

    void flush() {
      passages.flush();
      entities.flush();
      mentions.flush();
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
  }
}
