package dev.scriptorium.plugin.epub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Reads the reading order of a sound EPUB with the JDK alone, sharing no code with the parser. */
final class SpineOracle {
  private SpineOracle() {}

  /** Paths in the container, in order. */
  static List<String> paths(Path file) throws Exception {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Element root = first(document(zip, "META-INF/container.xml"), "rootfile");
      String packagePath = root.getAttribute("full-path");
      Document document = document(zip, packagePath);
      Map<String, String> hrefs = new HashMap<>();
      for (Element item : all(document, "item")) {
        hrefs.put(item.getAttribute("id"), item.getAttribute("href"));
      }
      URI base = new URI(null, null, "/" + packagePath, null);
      List<String> paths = new ArrayList<>();
      for (Element reference : all(document, "itemref")) {
        String href = String.valueOf(hrefs.get(reference.getAttribute("idref")));
        paths.add(base.resolve(href).getPath().substring(1));
      }
      return paths;
    }
  }

  /** An entry of the archive. */
  static byte[] entry(Path file, String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  /** Depth and title of every line of the navigation document; empty when the book has none. */
  static List<String> contents(Path file) throws Exception {
    List<String> lines = new ArrayList<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String packagePath =
          first(document(zip, "META-INF/container.xml"), "rootfile").getAttribute("full-path");
      URI base = new URI(null, null, "/" + packagePath, null);
      for (Element item : all(document(zip, packagePath), "item")) {
        if ((" " + item.getAttribute("properties") + " ").contains(" nav ")) {
          String path = base.resolve(item.getAttribute("href")).getPath().substring(1);
          all(document(zip, path), "nav").stream()
              .filter(nav -> nav.getAttribute("epub:type").contains("toc"))
              .limit(1)
              .forEach(nav -> contents(nav, -1, lines));
        }
      }
    }
    return lines;
  }

  private static void contents(Element parent, int depth, List<String> lines) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      switch (String.valueOf(node.getLocalName())) {
        case "ol" -> contents((Element) node, depth + 1, lines);
        case "li" -> contents((Element) node, depth, lines);
        case "a", "span" -> {
          if (parent.getLocalName().equals("li")) {
            lines.add(depth + " " + title(node));
          }
        }
        default -> {
          // Headings of the list and white space are no lines of it.
        }
      }
    }
  }

  /** The words, and what a picture shows instead of words. */
  private static String title(Node label) {
    String words = label.getTextContent();
    NodeList pictures = ((Element) label).getElementsByTagName("img");
    String shown =
        pictures.getLength() == 0 ? "" : ((Element) pictures.item(0)).getAttribute("alt");
    return (words + " " + shown).replaceAll("(?U)\\s+", " ").strip();
  }

  private static Document document(ZipFile zip, String name) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return factory.newDocumentBuilder().parse(in);
    }
  }

  private static Element first(Document document, String name) {
    return all(document, name).getFirst();
  }

  private static List<Element> all(Document document, String name) {
    NodeList nodes = document.getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }
}
