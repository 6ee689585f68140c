package dev.scriptorium.loadtest.analysis;

import dev.scriptorium.plugin.DiscardingSink;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.Quotation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps what an analysis finds. Not thread-safe. */
final class Findings extends DiscardingSink {
  final List<Passage> passages = new ArrayList<>();
  final List<Mention> mentions = new ArrayList<>();
  final List<Entity> entities = new ArrayList<>();
  private final List<Quotation> quotations = new ArrayList<>();
  private final SortedMap<Integer, Facts> chapterFacts = new TreeMap<>();

  /** What was found in a book, for its summary. */
  JobInput.BookFindings of(JobInput.BookText book) {
    return new Found(book, passages, mentions, quotations, chapterFacts);
  }

  @Override
  public void passage(Passage passage) {
    passages.add(passage);
  }

  @Override
  public void mention(Mention mention) {
    mentions.add(mention);
  }

  @Override
  public void quotation(Quotation quotation) {
    quotations.add(quotation);
  }

  @Override
  public void chapterFacts(int chapter, Facts facts) {
    chapterFacts.put(chapter, facts);
  }

  @Override
  public void entity(Entity entity) {
    entities.add(entity);
  }

  @Override
  public void degraded() {
    throw new IllegalStateException("An analysis of English without haste is not degraded");
  }

  private record Found(
      JobInput.BookText book,
      List<Passage> passages,
      List<Mention> mentions,
      List<Quotation> quotations,
      SortedMap<Integer, Facts> chapterFacts)
      implements JobInput.BookFindings {}
}
