package dev.scriptorium.loadtest.system;

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
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The spine of an EPUB by the JDK's DOM: a second reader that shares no code with the plugin. */
final class EpubSpine {
  private EpubSpine() {}

  /** Paths in the container, in reading order. */
  static List<String> read(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Document container = parse(zip, "META-INF/container.xml");
      Element rootfile = (Element) container.getElementsByTagNameNS("*", "rootfile").item(0);
      String path = rootfile.getAttribute("full-path");
      return spine(parse(zip, path), path);
    }
  }

  private static List<String> spine(Document packageDocument, String path) {
    Map<String, String> manifest = new HashMap<>();
    NodeList items = packageDocument.getElementsByTagNameNS("*", "item");
    for (int i = 0; i < items.getLength(); i++) {
      Element item = (Element) items.item(i);
      String resolved =
          URI.create("/" + path.replace(" ", "%20")).resolve(item.getAttribute("href")).getPath();
      manifest.put(item.getAttribute("id"), resolved.substring(1));
    }
    List<String> spine = new ArrayList<>();
    NodeList references = packageDocument.getElementsByTagNameNS("*", "itemref");
    for (int i = 0; i < references.getLength(); i++) {
      String item = manifest.get(((Element) references.item(i)).getAttribute("idref"));
      if (item != null) {
        spine.add(item);
      }
    }
    return spine;
  }

  private static Document parse(ZipFile zip, String name) throws IOException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    try (InputStream bytes = zip.getInputStream(zip.getEntry(name))) {
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      return factory.newDocumentBuilder().parse(bytes);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(name, e);
    }
  }
}
