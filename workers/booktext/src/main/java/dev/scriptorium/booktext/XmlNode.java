package dev.scriptorium.booktext;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An element of a small document held in memory: a package, a contents list. Read-only. */
public final class XmlNode {
  private static final String[] NO_ATTRIBUTES = {};

  private final String name;
  private final String[] attributes;
  private final String text;
  private List<XmlNode> childNodes = List.of();
  private String unknownEntity = "";

  /**
   * @param attributes names and values in turn
   */
  private XmlNode(String name, String[] attributes, String text) {
    this.name = name;
    this.attributes = attributes;
    this.text = text;
  }

  /**
   * Reads a document, well-formed or not.
   *
   * @return the root element; one without name or children when there is none
   * @throws LimitReached when it is too large or has too many elements
   */
  public static XmlNode read(byte[] bytes, HardenedXml xml, TolerantMarkup tolerant, Limits limits)
      throws IOException {
    if (bytes.length > limits.treeBytes()) {
      throw new LimitReached("tree_bytes=" + limits.treeBytes(), "the document");
    }
    if (bytes.length == 0) {
      return empty();
    }
    Builder builder = new Builder(limits.treeElements());
    try {
      xml.read(bytes, builder);
    } catch (MalformedXml e) {
      builder = new Builder(limits.treeElements());
      tolerant.readXml(bytes, builder);
    }
    return builder.root();
  }

  /** The root of a document that has nothing. */
  public static XmlNode empty() {
    return new XmlNode("", NO_ATTRIBUTES, "");
  }

  /** Local name, as written; empty for the node of an empty document. */
  public String name() {
    return name;
  }

  /** Value of an attribute, empty when it has none; names as {@link MarkupAttributes} says. */
  public String attribute(String attribute) {
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i].equals(attribute)) {
        return attributes[i + 1];
      }
    }
    return "";
  }

  /** Child elements in order. */
  public Stream<XmlNode> children() {
    return childNodes.stream().filter(node -> !node.name.isEmpty());
  }

  /** Child elements of one name. */
  public Stream<XmlNode> children(String child) {
    return childNodes.stream().filter(node -> node.name.equals(child));
  }

  /** First child element of a name. */
  public Optional<XmlNode> child(String child) {
    return children(child).findFirst();
  }

  /** All elements, this one and at any depth below, in document order. */
  public Stream<XmlNode> all() {
    return nodes().stream().filter(node -> !node.name.isEmpty());
  }

  /** All elements of a name, this one and at any depth below, in document order. */
  public Stream<XmlNode> all(String wanted) {
    return nodes().stream().filter(node -> node.name.equals(wanted));
  }

  /** Text of this element and all below it, with the alternative text of pictures, as one line. */
  public String line(int maxCodePoints) {
    CanonicalText line = new CanonicalText(maxCodePoints);
    for (XmlNode node : nodes()) {
      line.text(node.text);
      if (node.name.equals("img")) {
        String alt = node.attribute("alt");
        line.text(alt.isBlank() ? node.attribute("title") : alt);
      }
    }
    return line.finish();
  }

  /** Entities that were left out of this element and all below it. */
  public Stream<String> unknownEntities() {
    return nodes().stream().map(node -> node.unknownEntity).filter(name -> !name.isEmpty());
  }

  /** Text of this element and all below it, as it is written. */
  public String rawText() {
    StringBuilder raw = new StringBuilder();
    nodes().forEach(node -> raw.append(node.text));
    return raw.toString();
  }

  private List<XmlNode> nodes() {
    List<XmlNode> found = new ArrayList<>();
    List<XmlNode> waiting = new ArrayList<>(List.of(this));
    while (!waiting.isEmpty()) {
      XmlNode node = waiting.removeLast();
      found.add(node);
      for (int i = node.childNodes.size() - 1; i >= 0; i--) {
        waiting.add(node.childNodes.get(i));
      }
    }
    return found;
  }

  private void add(XmlNode node) {
    if (childNodes.isEmpty()) {
      childNodes = new ArrayList<>(2);
    }
    childNodes.add(node);
  }

  /** Makes a tree of what it is told. Serves once. */
  public static final class Builder implements MarkupHandler {
    // Pieces of text are nodes without a name.
    private final XmlNode top = empty();
    private final List<XmlNode> open = new ArrayList<>(List.of(top));
    private final int maxElements;
    private int elements;

    /**
     * @param maxElements elements kept at most
     */
    public Builder(int maxElements) {
      this.maxElements = maxElements;
    }

    /**
     * The outermost element; one without name or children when there was none.
     *
     * @throws LimitReached when there were too many elements
     */
    public XmlNode root() throws LimitReached {
      if (elements > maxElements) {
        throw new LimitReached("tree_elements=" + maxElements, "the document");
      }
      return top.children().findFirst().orElse(top);
    }

    @Override
    public void start(String element, MarkupAttributes attributes) {
      String[] pairs = attributes.size() == 0 ? NO_ATTRIBUTES : new String[attributes.size() * 2];
      for (int i = 0; i < attributes.size(); i++) {
        pairs[2 * i] = attributes.name(i);
        pairs[2 * i + 1] = attributes.value(i);
      }
      XmlNode node = new XmlNode(element, pairs, "");
      if (++elements <= maxElements) {
        open.getLast().add(node);
      }
      open.add(node);
    }

    @Override
    public void text(char[] chars, int offset, int length) {
      if (elements <= maxElements) {
        open.getLast().add(new XmlNode("", NO_ATTRIBUTES, new String(chars, offset, length)));
      }
    }

    @Override
    public void end(String element) {
      open.removeLast();
    }

    @Override
    public void unknownEntity(String name) {
      open.getLast().unknownEntity = name;
    }
  }
}
