package dev.scriptorium.booktext;

import dev.scriptorium.positions.SourcePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Cuts one document into chapters before the elements with given ids: what is open is closed there
 * and opened again. No cut goes through a paragraph, a note or what is left out, and none leaves a
 * chapter of a few words behind. Serves once.
 */
final class PartedWalk implements MarkupHandler {
  /** Code points of the shortest chapter that another is cut from: a title is none. */
  private static final int LEAST = 100;

  private final Limits limits;
  private final LinkResolver links;
  private final Predicate<String> wantedIds;
  private final Set<String> cuts;
  private final SourcePath path = new SourcePath();
  private final List<Open> open = new ArrayList<>();
  private final List<ChapterContent> parts = new ArrayList<>();
  private ChapterWalk walk;

  /**
   * @param wantedIds ids whose offsets are asked for
   * @param cuts ids of the elements with which chapters begin
   */
  PartedWalk(Limits limits, LinkResolver links, Predicate<String> wantedIds, Set<String> cuts) {
    this.limits = limits;
    this.links = links;
    this.wantedIds = wantedIds;
    this.cuts = cuts;
    this.walk = newWalk();
  }

  /** The chapters, at least one; the document is over. */
  List<ChapterContent> finish() {
    parts.add(walk.finish());
    return List.copyOf(parts);
  }

  @Override
  public void start(String element, MarkupAttributes attributes) {
    path.start(HtmlElement.of(element).name());
    if (cuts.contains(attributes.getOrEmpty("id")) && walk.mayEnd(LEAST)) {
      cut();
    }
    walk.start(element, attributes);
    String tag = attributes.getOrEmpty("xml:lang");
    String language = tag.isEmpty() ? attributes.getOrEmpty("lang") : tag;
    open.add(new Open(element, language, attributes.getOrEmpty("dir")));
  }

  @Override
  public void text(char[] chars, int offset, int length) {
    walk.text(chars, offset, length);
  }

  @Override
  public void end(String element) {
    walk.end(element);
    path.end();
    open.removeLast();
  }

  @Override
  public void unknownEntity(String name) {
    walk.unknownEntity(name);
  }

  @Override
  public void tooDeep() {
    walk.tooDeep();
  }

  private void cut() {
    parts.add(walk.finish());
    path.restart();
    walk = newWalk();
    for (Open element : open) {
      walk.start(
          element.name, MarkupAttributes.of("lang", element.language, "dir", element.direction));
    }
  }

  private ChapterWalk newWalk() {
    return new ChapterWalk(limits, links, wantedIds, path);
  }

  private record Open(String name, String language, String direction) {}
}
