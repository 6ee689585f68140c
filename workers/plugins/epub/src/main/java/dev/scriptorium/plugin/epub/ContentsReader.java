package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.LimitReached;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.XmlNode;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;

/** Reads the contents list: the navigation document of EPUB 3, else the NCX of EPUB 2. */
final class ContentsReader {
  private static final int MAX_TITLE = 500;

  private final EpubFile book;
  private final Limits limits;
  private final List<Warning> warnings = new ArrayList<>();

  /** Contents and page list mostly stand in the same document. */
  private final Map<String, XmlNode> roots = new HashMap<>();

  ContentsReader(EpubFile book, Limits limits) {
    this.book = book;
    this.limits = limits;
  }

  /**
   * A line of the list.
   *
   * @param depth 0 for the outermost level
   * @param target empty when the line leads nowhere in the container
   */
  record Line(String title, int depth, Optional<ContainerPath> target) {}

  /** The contents in reading order; empty when the book has none. */
  List<Line> read() throws IOException {
    List<Line> lines = new ArrayList<>();
    Optional<ManifestItem> nav = book.document().withProperty("nav");
    if (nav.isPresent()) {
      readNav(nav.get().path(), "toc", lines);
    }
    Optional<ManifestItem> ncx = ncx();
    if (lines.isEmpty() && ncx.isPresent()) {
      String path = ncx.get().path();
      root(path).all("navMap").findFirst().ifPresent(map -> readPoints(path, map, 0, lines));
    }
    return lines;
  }

  /** The page list of the navigation document, or of the NCX; empty when there is none. */
  List<Line> readPages() throws IOException {
    List<Line> lines = new ArrayList<>();
    Optional<ManifestItem> nav = book.document().withProperty("nav");
    if (nav.isPresent()) {
      readNav(nav.get().path(), "page-list", lines);
    }
    Optional<ManifestItem> ncx = ncx();
    if (lines.isEmpty() && ncx.isPresent()) {
      String path = ncx.get().path();
      root(path).all("pageTarget").forEach(target -> add(point(path, target, 0), lines));
    }
    return lines;
  }

  /** What could not be read, without repetition. */
  List<Warning> warnings() {
    return warnings.stream().distinct().toList();
  }

  /** A broken contents list must not lose the book. */
  private XmlNode root(String path) throws IOException {
    XmlNode known = roots.get(path);
    if (known == null) {
      known = readRoot(path);
      roots.put(path, known);
    }
    return known;
  }

  private XmlNode readRoot(String path) throws IOException {
    try {
      return book.xml(path);
    } catch (LimitReached | ZipException e) {
      warnings.add(new Warning("CONTENTS_UNREADABLE", path, String.valueOf(e.getMessage())));
      return XmlNode.empty();
    }
  }

  private Optional<ManifestItem> ncx() {
    PackageDocument document = book.document();
    return Optional.ofNullable(document.items().get(document.tocId()))
        .or(
            () ->
                document.items().values().stream()
                    .filter(item -> item.mediaType().equals("application/x-dtbncx+xml"))
                    .findFirst());
  }

  private void readNav(String path, String type, List<Line> lines) throws IOException {
    List<XmlNode> navs = root(path).all("nav").toList();
    navs.stream()
        .filter(nav -> isOfType(nav, type))
        .findFirst()
        .or(() -> type.equals("toc") && navs.size() == 1 ? navs.stream().findFirst() : none())
        .flatMap(nav -> nav.all("ol").findFirst())
        .ifPresent(list -> readList(path, list, 0, lines));
  }

  private static Optional<XmlNode> none() {
    return Optional.empty();
  }

  private static boolean isOfType(XmlNode nav, String type) {
    String declared = " " + nav.attribute("epub:type") + " ";
    String role = nav.attribute("role");
    return declared.contains(" " + type + " ")
        || role.equals(type.equals("toc") ? "doc-toc" : "doc-pagelist");
  }

  /** Recursion is bounded: the XML parser reports a limited depth. */
  private void readList(String path, XmlNode list, int depth, List<Line> lines) {
    list.children("li")
        .forEach(
            item -> {
              item.children()
                  .filter(node -> !node.name().equals("ol"))
                  .findFirst()
                  .ifPresent(label -> add(label(path, item, label, depth), lines));
              item.children("ol").forEach(inner -> readList(path, inner, depth + 1, lines));
            });
  }

  /** A heading over several lines that is no link itself leads where the first of them leads. */
  private Line label(String path, XmlNode item, XmlNode label, int depth) {
    String href =
        item.all("a")
            .map(link -> link.attribute("href"))
            .filter(address -> !address.isEmpty())
            .findFirst()
            .orElse("");
    return line(path, label.line(MAX_TITLE), href, depth);
  }

  private void readPoints(String path, XmlNode parent, int depth, List<Line> lines) {
    parent
        .children("navPoint")
        .forEach(
            node -> {
              add(point(path, node, depth), lines);
              readPoints(path, node, depth + 1, lines);
            });
  }

  private Line point(String path, XmlNode node, int depth) {
    String title = node.child("navLabel").map(label -> label.line(MAX_TITLE)).orElse("");
    String source = node.child("content").map(content -> content.attribute("src")).orElse("");
    return line(path, title, source, depth);
  }

  private Line line(String path, String title, String href, int depth) {
    Optional<ContainerPath> target =
        href.isEmpty() ? Optional.empty() : ContainerPath.resolve(path, href);
    return new Line(title, Math.min(depth, limits.contentsDepth() - 1), target);
  }

  private void add(Line line, List<Line> lines) {
    if (lines.size() < limits.contentsEntries()) {
      lines.add(line);
    }
  }
}
