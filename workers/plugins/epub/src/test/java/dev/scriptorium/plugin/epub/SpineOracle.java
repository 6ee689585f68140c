package dev.scriptorium.plugin.epub;

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
