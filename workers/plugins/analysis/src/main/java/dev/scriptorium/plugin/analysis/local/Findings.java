package dev.scriptorium.plugin.analysis.local;

import dev.scriptorium.plugin.AnalysisRun;
import dev.scriptorium.plugin.DiscardingSink;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.Quotation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps what an analysis finds, in the order in which it does. Not thread-safe. */
public final class Findings extends DiscardingSink {
  private final List<Passage> passages = new ArrayList<>();
  private final List<Mention> mentions = new ArrayList<>();
  private final List<Entity> entities = new ArrayList<>();
  private final List<Quotation> quotations = new ArrayList<>();
  private final SortedMap<Integer, Facts> chapterFacts = new TreeMap<>();
  private final List<Facts> bookFacts = new ArrayList<>();
  private final List<AnalysisRun> runs = new ArrayList<>();
  private boolean degraded;

  /** Passages. */
  public List<Passage> passages() {
    return Collections.unmodifiableList(passages);
  }

  /** Names in the text. */
  public List<Mention> mentions() {
    return Collections.unmodifiableList(mentions);
  }

  /** Characters and places. */
  public List<Entity> entities() {
    return Collections.unmodifiableList(entities);
  }

  /** What is said. */
  public List<Quotation> quotations() {
    return Collections.unmodifiableList(quotations);
  }

  /** Figures of chapters, by their ordinals. */
  public SortedMap<Integer, Facts> chapterFacts() {
    return Collections.unmodifiableSortedMap(chapterFacts);
  }

  /** Figures of the book: one, of a summary. */
  public List<Facts> bookFacts() {
    return Collections.unmodifiableList(bookFacts);
  }

  /** How it was analyzed: one. */
  public List<AnalysisRun> runs() {
    return Collections.unmodifiableList(runs);
  }

  /** True when something is missing. */
  public boolean isDegraded() {
    return degraded;
  }

  /** What was found in a book, for its summary. */
  JobInput.BookFindings of(JobInput.BookText book) {
    return new Found(book, passages(), mentions(), quotations(), chapterFacts(), runs());
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
  public void entity(Entity entity) {
    entities.add(entity);
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
  public void bookFacts(Facts facts) {
    bookFacts.add(facts);
  }

  @Override
  public void analysisRun(AnalysisRun run) {
    runs.add(run);
  }

  @Override
  public void degraded() {
    degraded = true;
  }

  private record Found(
      JobInput.BookText book,
      List<Passage> passages,
      List<Mention> mentions,
      List<Quotation> quotations,
      SortedMap<Integer, Facts> chapterFacts,
      List<AnalysisRun> runs)
      implements JobInput.BookFindings {}
}
