package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.ChapterContent;
import dev.scriptorium.booktext.HeadingContents;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.epub.ContentsReader.Line;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Binds the lines of the contents to chapters and offsets. Knows beforehand which ids are needed,
 * so that only their offsets are kept; learns the chapters one by one.
 */
final class ContentsPlan {
  private static final Place NOWHERE = new Place(0, 0);

  private final List<Line> lines;
  private final Map<String, List<Line>> linesByPath;
  private final Map<String, Set<String>> wanted = new HashMap<>();
  private final Map<String, Integer> ordinals = new HashMap<>();
  private final Map<ContainerPath, Place> places = new HashMap<>();
  private final HeadingContents headings;

  /**
   * @param lines contents and page list
   * @param maxHeadings lines made of headings when the book has no contents
   */
  ContentsPlan(List<Line> lines, int maxHeadings) {
    this.lines = lines;
    this.headings = new HeadingContents(maxHeadings);
    this.linesByPath =
        lines.stream()
            .filter(line -> line.target().isPresent())
            .collect(Collectors.groupingBy(line -> line.target().orElseThrow().path()));
    want(lines);
  }

  /** Asks for the targets of more lines. */
  void want(List<Line> more) {
    for (Line line : more) {
      line.target()
          .ifPresent(
              target ->
                  wanted
                      .computeIfAbsent(target.path(), path -> new HashSet<>())
                      .add(target.fragment()));
    }
  }

  /** Ids of a document whose offsets are needed. */
  Set<String> wantedIds(String path) {
    return wanted.getOrDefault(path, Set.of());
  }

  private record Place(int chapter, int offset) {}

  /**
   * Ids of a document with which its chapters begin; empty when it is one chapter. A document whose
   * lines of the outermost kind are several holds as many; those below them are sections.
   */
  Set<String> cuts(String path) {
    List<Line> here = linesByPath.getOrDefault(path, List.of());
    int outermost = here.stream().mapToInt(Line::depth).min().orElse(0);
    Set<String> begins =
        here.stream()
            .filter(line -> line.depth() == outermost)
            .flatMap(line -> line.target().stream())
            .map(ContainerPath::fragment)
            .collect(Collectors.toCollection(HashSet::new));
    boolean several = begins.size() > 1;
    begins.remove("");
    return several ? begins : Set.of();
  }

  /** Takes note of a chapter; a document may have several. */
  void chapter(int ordinal, String path, ChapterContent content) {
    ordinals.putIfAbsent(path, ordinal);
    content
        .anchors()
        .forEach(
            (id, at) -> places.putIfAbsent(new ContainerPath(path, id), new Place(ordinal, at)));
    headings.add(ordinal, content.headings());
  }

  /**
   * Title of a chapter by the line that leads to its begin; empty when none does.
   *
   * @param anchors offsets found in the chapter
   * @param first true for the first chapter of its document
   */
  String titleOf(String path, Map<String, Integer> anchors, boolean first) {
    for (Line line : linesByPath.getOrDefault(path, List.of())) {
      String fragment = line.target().map(ContainerPath::fragment).orElse("");
      boolean begin = fragment.isEmpty() ? first : anchors.getOrDefault(fragment, -1) == 0;
      if (begin && !line.title().isEmpty()) {
        return line.title();
      }
    }
    return "";
  }

  /** The line bound to its place; chapter 0 when the book has no such place. */
  ContentsEntry bind(Line line) {
    Place place = line.target().map(this::place).orElse(NOWHERE);
    return new ContentsEntry(line.title(), line.depth(), place.chapter, place.offset);
  }

  private Place place(ContainerPath target) {
    Place begin = new Place(ordinals.getOrDefault(target.path(), 0), 0);
    return places.getOrDefault(target, begin);
  }

  /** The contents, or the headings when the book has no contents. */
  List<ContentsEntry> entries() {
    return lines.isEmpty() ? headings.entries() : lines.stream().map(this::bind).toList();
  }
}
