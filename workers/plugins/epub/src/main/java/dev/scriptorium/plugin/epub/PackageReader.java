package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.MarkupAttributes;
import dev.scriptorium.booktext.XmlNode;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.plugin.epub.PackageDocument.SpineItem;
import dev.scriptorium.positions.SpinePlace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a {@link PackageDocument} of a package file: manifest, spine, guide. Serves once. */
final class PackageReader {
  /** After metadata and manifest. */
  private static final int USUAL_NUMBER_OF_SPINE = 3;

  private final Limits limits;
  private final String path;
  private final List<Warning> warnings = new ArrayList<>();
  private boolean fixedLayout;

  PackageReader(String path, Limits limits) {
    this.path = path;
    this.limits = limits;
  }

  PackageDocument read(XmlNode root) {
    noteOverlays(root);
    root.unknownEntities()
        .distinct()
        .limit(5)
        .forEach(name -> warn("ENTITY_UNKNOWN", path, "An entity is left out: " + name));
    Map<String, ManifestItem> items = manifest(root);
    fixedLayout = root.all("meta").anyMatch(PackageReader::saysFixedLayout);
    XmlNode spine = root.all("spine").findFirst().orElse(root);
    return new PackageDocument(
        path,
        root.attribute("version"),
        root.all("metadata").findFirst().orElse(root),
        items,
        spine(spine, items, numberOf(spine, root)),
        spine.attribute("toc"),
        guideCover(root),
        warnings);
  }

  private Map<String, ManifestItem> manifest(XmlNode root) {
    Map<String, ManifestItem> items = new LinkedHashMap<>();
    List<XmlNode> nodes =
        root.all("manifest").flatMap(manifest -> manifest.children("item")).toList();
    if (nodes.size() > limits.entries()) {
      warn("MANIFEST_TOO_LONG", path, "Only the first " + limits.entries() + " items are read");
    }
    nodes.stream()
        .limit(limits.entries())
        .map(this::item)
        .forEach(i -> items.putIfAbsent(i.id(), i));
    return items;
  }

  private ManifestItem item(XmlNode node) {
    String href = node.attribute("href");
    Optional<ContainerPath> target = ContainerPath.resolve(path, href);
    return new ManifestItem(
        node.attribute("id"),
        target.map(ContainerPath::path).orElse(href),
        node.attribute("media-type").strip().toLowerCase(Locale.ROOT),
        node.attribute("properties").strip(),
        node.attribute("fallback"),
        target.isEmpty());
  }

  /**
   * Where an element stands among its siblings, from 1; of an inner element: where a spine does.
   */
  private static int numberOf(XmlNode element, XmlNode parent) {
    int index = parent.children().toList().indexOf(element);
    return index < 0 ? USUAL_NUMBER_OF_SPINE : index + 1;
  }

  private List<SpineItem> spine(XmlNode spine, Map<String, ManifestItem> items, int number) {
    List<SpineItem> order = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int repeated = 0;
    int at = 0;
    for (XmlNode reference : spine.children("itemref").toList()) {
      at++;
      ManifestItem item = items.get(reference.attribute("idref"));
      if (item == null) {
        warn("SPINE_ITEM_UNKNOWN", reference.attribute("idref"), "The manifest has no such item");
      } else if (!seen.add(item.path())) {
        repeated++;
      } else if (order.size() < limits.chapters()) {
        boolean linear = !reference.attribute("linear").equals("no");
        order.add(new SpineItem(item, linear, isFixed(reference), new SpinePlace(number, at)));
      } else {
        repeated++;
      }
    }
    if (repeated > 0) {
      warn("SPINE_ITEM_REPEATED", path, repeated + " repeated or surplus items are left out");
    }
    return order.isEmpty() ? unordered(items) : order;
  }

  /** A document may differ from what the package says of all. */
  private boolean isFixed(XmlNode reference) {
    String properties = reference.attribute("properties");
    return MarkupAttributes.hasWord(properties, "rendition:layout-pre-paginated")
        || (fixedLayout && !MarkupAttributes.hasWord(properties, "rendition:layout-reflowable"));
  }

  private static boolean saysFixedLayout(XmlNode meta) {
    return (meta.attribute("property").equals("rendition:layout")
            && meta.rawText().strip().equals("pre-paginated"))
        || (meta.attribute("name").equals("fixed-layout")
            && meta.attribute("content").equals("true"));
  }

  /** A package without a usable spine still has its documents. */
  private List<SpineItem> unordered(Map<String, ManifestItem> items) {
    SpinePlace place = new SpinePlace(USUAL_NUMBER_OF_SPINE, 1);
    List<SpineItem> order =
        items.values().stream()
            .filter(item -> item.isMarkup() && !item.hasProperty("nav"))
            .map(item -> new SpineItem(item, true, fixedLayout, place))
            .toList();
    warn("SPINE_EMPTY", path, "The documents are read in the order of the manifest");
    return order;
  }

  /** Recordings stay in the file: whoever reads on wants to know that there are some. */
  private void noteOverlays(XmlNode root) {
    long count = root.all("item").filter(i -> !i.attribute("media-overlay").isEmpty()).count();
    if (count > 0) {
      warn("MEDIA_OVERLAYS", path, "Recordings of " + count + " documents are left out");
    }
  }

  private String guideCover(XmlNode root) {
    return root.all("reference")
        .filter(node -> node.attribute("type").equalsIgnoreCase("cover"))
        .findFirst()
        .flatMap(node -> ContainerPath.resolve(path, node.attribute("href")))
        .map(ContainerPath::path)
        .orElse("");
  }

  private void warn(String reason, String place, String message) {
    if (warnings.size() < 100) {
      warnings.add(new Warning(reason, place, message));
    }
  }
}
