package dev.scriptorium.plugin;

/**
 * Keeps nothing: for jobs that are run to get warm, or to be measured. Who looks at something
 * overrides what takes it. Not thread-safe.
 */
public class DiscardingSink implements BookSink {
  @Override
  public void metadata(Metadata metadata) {}

  @Override
  public void chapter(Chapter chapter) {}

  @Override
  public void contents(ContentsEntry entry) {}

  @Override
  public void image(Image image) {}

  @Override
  public void note(Note note) {}

  @Override
  public void position(SourcePosition position) {}

  @Override
  public void warning(Warning warning) {}

  @Override
  public void passage(Passage passage) {}

  @Override
  public void mention(Mention mention) {}

  @Override
  public void entity(Entity entity) {}

  @Override
  public void quotation(Quotation quotation) {}

  @Override
  public void chapterFacts(int chapter, Facts facts) {}

  @Override
  public void bookFacts(Facts facts) {}

  @Override
  public void degraded() {}
}
