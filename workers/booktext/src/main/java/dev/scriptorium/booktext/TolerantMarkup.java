package dev.scriptorium.booktext;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Reads markup that is not well-formed, as browsers do. Builds a tree, so the size and the number
 * of tags are checked before. Thread-safe.
 */
public final class TolerantMarkup {
  private final Limits limits;

  public TolerantMarkup(Limits limits) {
    this.limits = limits;
  }

  /**
   * Reads HTML: missing tags are put in, the document gets {@code html}, {@code head} and {@code
   * body}.
   *
   * @param bytes encoding by byte order mark, prolog or {@code meta}, else UTF-8
   * @throws LimitReached when it is too large or has too many tags
   */
  public void readHtml(byte[] bytes, MarkupHandler handler) throws IOException {
    read(bytes, Parser.htmlParser(), handler);
  }

  /**
   * Reads XML as well as it can: elements that are not closed end with their parent.
   *
   * @throws LimitReached when it is too large or has too many tags
   */
  public void readXml(byte[] bytes, MarkupHandler handler) throws IOException {
    read(bytes, Parser.xmlParser(), handler);
  }

  private void read(byte[] bytes, Parser parser, MarkupHandler handler) throws IOException {
    if (bytes.length > limits.treeBytes()) {
      throw new LimitReached("tree_bytes=" + limits.treeBytes(), "the malformed document");
    }
    int tags = 0;
    for (byte b : bytes) {
      tags += b == '<' ? 1 : 0;
    }
    if (tags > limits.treeElements()) {
      throw new LimitReached("tree_elements=" + limits.treeElements(), "the malformed document");
    }
    Document document = Jsoup.parse(new ByteArrayInputStream(bytes), null, "", parser);
    NodeTraversor.traverse(new Visitor(handler, limits.xmlAttributes()), document);
  }

  private record Visitor(MarkupHandler handler, int maxAttributes) implements NodeVisitor {
    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode text) {
        char[] chars = text.getWholeText().toCharArray();
        handler.text(chars, 0, chars.length);
      } else if (node instanceof Element element && !(node instanceof Document)) {
        handler.start(localName(element), new TreeAttributes(element, maxAttributes));
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (node instanceof Element element && !(node instanceof Document)) {
        handler.end(localName(element));
      }
    }

    private static String localName(Element element) {
      String name = element.normalName();
      return name.substring(name.indexOf(':') + 1);
    }
  }

  private record TreeAttributes(Element element, int max) implements MarkupAttributes {
    @Override
    public @Nullable String get(String name) {
      return element.attributes().hasKeyIgnoreCase(name)
          ? element.attributes().getIgnoreCase(name)
          : null;
    }

    @Override
    public int size() {
      return Math.min(max, element.attributesSize());
    }

    @Override
    public String name(int index) {
      return element.attributes().asList().get(index).getKey();
    }

    @Override
    public String value(int index) {
      return element.attributes().asList().get(index).getValue();
    }
  }
}
