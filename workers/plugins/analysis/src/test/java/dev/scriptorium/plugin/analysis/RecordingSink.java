package dev.scriptorium.plugin.analysis;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.plugin.SourcePosition;
import dev.scriptorium.plugin.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps what an analysis finds; refuses what only a parser gives. */
final class RecordingSink implements BookSink {
  final List<Passage> passages = new ArrayList<>();
  final List<Mention> mentions = new ArrayList<>();
  final List<Entity> entities = new ArrayList<>();
  final List<Quotation> quotations = new ArrayList<>();
  final SortedMap<Integer, Facts> chapterFacts = new TreeMap<>();
  final List<Facts> bookFacts = new ArrayList<>();
  boolean degraded;

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
  public void degraded() {
    degraded = true;
  }

  @Override
  public void metadata(Metadata metadata) {
    throw new UnsupportedOperationException("metadata");
  }

  @Override
  public void chapter(Chapter chapter) {
    throw new UnsupportedOperationException("chapter");
  }

  @Override
  public void contents(ContentsEntry entry) {
    throw new UnsupportedOperationException("contents");
  }

  @Override
  public void image(Image image) {
    throw new UnsupportedOperationException("image");
  }

  @Override
  public void note(Note note) {
    throw new UnsupportedOperationException("note");
  }

  @Override
  public void position(SourcePosition position) {
    throw new UnsupportedOperationException("position");
  }

  @Override
  public void warning(Warning warning) {
    throw new UnsupportedOperationException("warning");
  }
}
