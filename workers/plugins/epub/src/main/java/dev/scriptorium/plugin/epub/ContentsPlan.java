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
  private final List<Line> lines;
  private final Map<String, List<Line>> linesByPath;
  private final Map<String, Set<String>> wanted = new HashMap<>();
  private final Map<String, Integer> ordinals = new HashMap<>();
  private final Map<ContainerPath, Integer> offsets = new HashMap<>();
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

  /** Takes note of a chapter. */
  void chapter(int ordinal, String path, ChapterContent content) {
    ordinals.put(path, ordinal);
    content.anchors().forEach((id, at) -> offsets.put(new ContainerPath(path, id), at));
    headings.add(ordinal, content.headings());
  }

  /**
   * Title of a chapter by the line that leads to its begin; empty when none does.
   *
   * @param anchors offsets found in the chapter
   */
  String titleOf(String path, Map<String, Integer> anchors) {
    for (Line line : linesByPath.getOrDefault(path, List.of())) {
      String fragment = line.target().map(ContainerPath::fragment).orElse("");
      boolean begin = fragment.isEmpty() || anchors.getOrDefault(fragment, -1) == 0;
      if (begin && !line.title().isEmpty()) {
        return line.title();
      }
    }
    return "";
  }

  /** The line bound to its place; chapter 0 when the book has no such place. */
  ContentsEntry bind(Line line) {
    int ordinal = line.target().map(t -> ordinals.getOrDefault(t.path(), 0)).orElse(0);
    int offset = line.target().map(t -> offsets.getOrDefault(t, 0)).orElse(0);
    return new ContentsEntry(line.title(), line.depth(), ordinal, ordinal == 0 ? 0 : offset);
  }

  /** The contents, or the headings when the book has no contents. */
  List<ContentsEntry> entries() {
    return lines.isEmpty() ? headings.entries() : lines.stream().map(this::bind).toList();
  }
}
