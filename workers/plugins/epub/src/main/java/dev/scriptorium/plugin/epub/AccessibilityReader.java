package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.XmlNode;
import dev.scriptorium.plugin.Accessibility;
import java.util.List;
import java.util.Optional;

/**
 * Reads what the metadata say of accessibility: properties in EPUB 3, named metas in EPUB 2.
 *
 * @param nodes the metadata's elements
 * @param maxCodePoints length of a value; longer ones are cut
 */
record AccessibilityReader(List<XmlNode> nodes, int maxCodePoints) {
  private static final int MAX_VALUES = 100;

  Accessibility read() {
    return new Accessibility(
        values("schema:accessMode"),
        values("schema:accessModeSufficient"),
        values("schema:accessibilityFeature"),
        values("schema:accessibilityHazard"),
        first("schema:accessibilitySummary"),
        values("dcterms:conformsTo"),
        first("a11y:certifiedBy"));
  }

  private String first(String property) {
    return values(property).stream().findFirst().orElse("");
  }

  private List<String> values(String property) {
    return nodes.stream()
        .flatMap(node -> value(node, property).stream())
        .filter(value -> !value.isEmpty())
        .distinct()
        .limit(MAX_VALUES)
        .toList();
  }

  private Optional<String> value(XmlNode node, String property) {
    boolean meta = node.name().equals("meta");
    if (meta && node.attribute("property").strip().equals(property)) {
      return Optional.of(node.line(maxCodePoints));
    }
    if (meta && node.attribute("name").strip().equals(property)) {
      return Optional.of(cut(node.attribute("content")));
    }
    boolean link = node.name().equals("link") && node.attribute("rel").strip().equals(property);
    return link ? Optional.of(cut(node.attribute("href"))) : Optional.empty();
  }

  private String cut(String value) {
    String stripped = value.strip();
    int length = Math.min(maxCodePoints, stripped.codePointCount(0, stripped.length()));
    return stripped.substring(0, stripped.offsetByCodePoints(0, length));
  }
}
