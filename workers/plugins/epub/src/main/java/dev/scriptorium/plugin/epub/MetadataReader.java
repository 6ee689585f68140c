package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.ContentReader;
import dev.scriptorium.booktext.LanguageTag;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.LinkResolver;
import dev.scriptorium.booktext.XmlNode;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Metadata.Contributor;
import dev.scriptorium.plugin.Metadata.Identifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the metadata of EPUB 2 (attributes, {@code meta name}) and 3 ({@code meta property}). */
final class MetadataReader {
  private static final int MAX_VALUES = 200;

  private final Limits limits;
  private final ContentReader content;
  private final PackageDocument document;
  private final List<XmlNode> nodes;
  private final Map<String, List<XmlNode>> refinements;

  MetadataReader(PackageDocument document, ContentReader content, Limits limits) {
    this.document = document;
    this.content = content;
    this.limits = limits;
    this.nodes = all(document.metadata()).toList();
    this.refinements =
        nodes.stream()
            .filter(node -> node.name().equals("meta") && !node.attribute("refines").isEmpty())
            .collect(Collectors.groupingBy(node -> node.attribute("refines").replace("#", "")));
  }

  Metadata read() throws IOException {
    return new Metadata(
        ("EPUB " + document.version()).strip(),
        title(),
        contributors(),
        languages(),
        description(),
        first("publisher"),
        published(),
        series(),
        seriesIndex(),
        values("subject"),
        identifiers(),
        0,
        new AccessibilityReader(nodes, limits.metadataCodePoints()).read());
  }

  /** EPUB 2 may nest the elements in {@code dc-metadata} and {@code x-metadata}. */
  private static Stream<XmlNode> all(XmlNode metadata) {
    return metadata
        .children()
        .flatMap(
            node ->
                node.name().equals("dc-metadata") || node.name().equals("x-metadata")
                    ? node.children()
                    : Stream.of(node));
  }

  private String title() {
    List<XmlNode> titles = named("title").toList();
    return titles.stream()
        .filter(node -> refinement(node, "title-type").equals("main"))
        .findFirst()
        .or(() -> titles.stream().findFirst())
        .map(this::line)
        .orElse("");
  }

  /** Creators first: a file may list its typesetters before its author. */
  private List<Contributor> contributors() {
    return Stream.concat(people("creator", "aut"), people("contributor", "ctb"))
        .limit(MAX_VALUES)
        .toList();
  }

  private Stream<Contributor> people(String element, String usualRole) {
    return named(element)
        .filter(node -> !line(node).isEmpty())
        .map(node -> new Contributor(line(node), role(node, usualRole), fileAs(node)));
  }

  /** Of several roles the usual one counts: an author who also annotated is an author. */
  private String role(XmlNode node, String usualRole) {
    String attribute = node.attribute("opf:role") + node.attribute("role");
    List<String> roles =
        Stream.concat(Stream.of(attribute), refinements(node, "role"))
            .map(role -> role.strip().toLowerCase(Locale.ROOT))
            .filter(role -> !role.isEmpty())
            .toList();
    return roles.isEmpty() || roles.contains(usualRole) ? usualRole : roles.getFirst();
  }

  private String fileAs(XmlNode node) {
    String attribute = node.attribute("opf:file-as") + node.attribute("file-as");
    return attribute.isEmpty() ? refinement(node, "file-as") : attribute.strip();
  }

  private List<String> languages() {
    return values("language").stream()
        .flatMap(tag -> LanguageTag.normalise(tag).stream())
        .distinct()
        .toList();
  }

  /** Descriptions are often HTML, escaped: their text is taken. */
  private String description() throws IOException {
    Optional<XmlNode> node = named("description").findFirst();
    if (node.isEmpty()) {
      return "";
    }
    String raw = node.get().rawText();
    if (raw.indexOf('<') < 0 && raw.indexOf('&') < 0) {
      return line(node.get());
    }
    LinkResolver none = new NoLinks();
    byte[] html = raw.getBytes(StandardCharsets.UTF_8);
    String text = content.readHtml(html, none, id -> false).content().text();
    int length = Math.min(limits.metadataCodePoints(), text.codePointCount(0, text.length()));
    return text.substring(0, text.offsetByCodePoints(0, length));
  }

  private String published() {
    List<XmlNode> dates = named("date").toList();
    return dates.stream()
        .filter(node -> node.attribute("opf:event").equals("publication"))
        .findFirst()
        .or(() -> dates.stream().findFirst())
        .map(this::line)
        .orElse("");
  }

  private Optional<XmlNode> collection() {
    List<XmlNode> collections =
        nodes.stream()
            .filter(node -> node.attribute("property").equals("belongs-to-collection"))
            .filter(node -> node.attribute("refines").isEmpty())
            .toList();
    return collections.stream()
        .filter(node -> refinement(node, "collection-type").equals("series"))
        .findFirst()
        .or(
            () ->
                collections.stream()
                    .filter(node -> refinement(node, "collection-type").isEmpty())
                    .findFirst());
  }

  private String series() {
    return collection().map(this::line).orElseGet(() -> named("calibre:series", ""));
  }

  private OptionalDouble seriesIndex() {
    String written =
        collection()
            .map(node -> refinement(node, "group-position"))
            .orElseGet(() -> named("calibre:series_index", ""));
    return written.matches("\\d{1,6}(\\.\\d{1,3})?")
        ? OptionalDouble.of(Double.parseDouble(written))
        : OptionalDouble.empty();
  }

  /** Content of an EPUB 2 {@code meta} element. */
  private String named(String meta, String otherwise) {
    return nodes.stream()
        .filter(node -> node.attribute("name").equals(meta))
        .map(node -> node.attribute("content").strip())
        .findFirst()
        .orElse(otherwise);
  }

  private List<Identifier> identifiers() {
    return named("identifier")
        .map(node -> identifier(line(node), node.attribute("opf:scheme")))
        .filter(identifier -> !identifier.value().isEmpty())
        .distinct()
        .limit(MAX_VALUES)
        .toList();
  }

  private static Identifier identifier(String value, String scheme) {
    String lower = value.toLowerCase(Locale.ROOT);
    for (String known : List.of("isbn", "uuid", "doi")) {
      if (lower.startsWith("urn:" + known + ":")) {
        return new Identifier(known, value.substring(5 + known.length()));
      }
      if (lower.startsWith(known + ":")) {
        return new Identifier(known, value.substring(1 + known.length()).strip());
      }
    }
    if (!scheme.isBlank()) {
      return new Identifier(scheme.strip().toLowerCase(Locale.ROOT), value);
    }
    if (value.replaceAll("[- ]", "").matches("97[89]\\d{10}|\\d{9}[\\dXx]")) {
      return new Identifier("isbn", value);
    }
    return new Identifier(lower.matches("[a-z][a-z0-9+.-]*:.+") ? "uri" : "", value);
  }

  private String first(String element) {
    return values(element).stream().findFirst().orElse("");
  }

  private List<String> values(String element) {
    return named(element).map(this::line).filter(v -> !v.isEmpty()).limit(MAX_VALUES).toList();
  }

  private Stream<XmlNode> named(String element) {
    return nodes.stream().filter(node -> node.name().equals(element) && !line(node).isEmpty());
  }

  private String refinement(XmlNode node, String property) {
    return refinements(node, property).findFirst().orElse("");
  }

  private Stream<String> refinements(XmlNode node, String property) {
    return refinements.getOrDefault(node.attribute("id"), List.of()).stream()
        .filter(meta -> meta.attribute("property").equals(property))
        .map(this::line);
  }

  private String line(XmlNode node) {
    return node.line(limits.metadataCodePoints());
  }

  /** Links of a description lead nowhere: only its text is used. */
  private record NoLinks() implements LinkResolver {
    @Override
    public Optional<String> link(String href) {
      return Optional.empty();
    }

    @Override
    public Optional<String> image(String src) {
      return Optional.empty();
    }
  }
}
