package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.XmlNode;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.positions.SpinePlace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The package document, paths resolved.
 *
 * @param path of the package document itself
 * @param version as declared; empty when not
 * @param metadata its metadata element
 * @param items manifest by id, in order
 * @param spine reading order, without repeated items
 * @param tocId id of the NCX, as the spine names it; empty when it does not
 * @param guideCover path that the guide names as cover; empty when it does not
 * @param warnings what was wrong
 */
record PackageDocument(
    String path,
    String version,
    XmlNode metadata,
    Map<String, ManifestItem> items,
    List<SpineItem> spine,
    String tocId,
    String guideCover,
    List<Warning> warnings) {

  /**
   * A unit of the reading order.
   *
   * @param linear false when it stands outside the main order
   * @param fixed true when it is a page of fixed layout
   * @param place where the package names it
   */
  record SpineItem(ManifestItem item, boolean linear, boolean fixed, SpinePlace place) {}

  Optional<ManifestItem> byPath(String wanted) {
    return items.values().stream().filter(item -> item.path().equals(wanted)).findFirst();
  }

  Optional<ManifestItem> withProperty(String property) {
    return items.values().stream().filter(item -> item.hasProperty(property)).findFirst();
  }
}
