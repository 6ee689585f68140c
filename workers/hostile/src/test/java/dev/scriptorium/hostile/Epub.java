package dev.scriptorium.hostile;

import java.util.LinkedHashMap;
import java.util.Map;

/** The documents of a small EPUB, any of which can be replaced by a worse one. */
final class Epub {
  static final String CONTAINER = "META-INF/container.xml";
  static final String PACKAGE = "content.opf";
  static final String NAV = "nav.xhtml";
  static final String CHAPTER = "c1.xhtml";

  private static final String XHTML =
      "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\">";

  private final Map<String, String> documents = new LinkedHashMap<>();

  Epub() {
    documents.put("mimetype", "application/epub+zip");
    documents.put(
        CONTAINER,
        "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>"
            + "<rootfile full-path=\"content.opf\""
            + " media-type=\"application/oebps-package+xml\"/></rootfiles></container>");
    documents.put(PACKAGE, packageOf("", "", ""));
    documents.put(NAV, nav("<ol><li><a href=\"c1.xhtml\">One</a></li></ol>"));
    documents.put(CHAPTER, page("<h1>One</h1><p>Hello reader.</p>"));
  }

  /** A package document with more of everything. */
  static String packageOf(String metadata, String items, String itemrefs) {
    return "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\">"
        + "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>T</dc:title>"
        + "<dc:language>en</dc:language>"
        + metadata
        + "</metadata><manifest><item id=\"n\" href=\"nav.xhtml\" properties=\"nav\""
        + " media-type=\"application/xhtml+xml\"/><item id=\"c1\" href=\"c1.xhtml\""
        + " media-type=\"application/xhtml+xml\"/>"
        + items
        + "</manifest><spine><itemref idref=\"c1\"/>"
        + itemrefs
        + "</spine></package>";
  }

  static String nav(String list) {
    return page("<nav epub:type=\"toc\">" + list + "</nav>");
  }

  static String page(String body) {
    return XHTML + "<head><title>t</title></head><body>" + body + "</body></html>";
  }

  Epub with(String name, String document) {
    documents.put(name, document);
    return this;
  }

  /** The documents in an archive, to which more can be added. */
  RawZip zip() {
    RawZip zip = new RawZip();
    documents.forEach(zip::entry);
    return zip;
  }
}
