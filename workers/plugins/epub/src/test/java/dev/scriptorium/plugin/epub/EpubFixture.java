package dev.scriptorium.plugin.epub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds the smallest EPUB that shows a case. */
final class EpubFixture {
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final StringBuilder metadata = new StringBuilder();
  private final StringBuilder manifest = new StringBuilder();
  private final StringBuilder spine = new StringBuilder();
  private String version = "3.0";
  private String spineAttributes = "";
  private String guide = "";
  private int count;

  static EpubFixture epub() {
    EpubFixture fixture = new EpubFixture();
    fixture.entry(
        "META-INF/container.xml",
        """
        <container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
          <rootfiles><rootfile full-path="OEBPS/content.opf"
            media-type="application/oebps-package+xml"/></rootfiles>
        </container>
        """);
    return fixture;
  }

  EpubFixture version(String value) {
    version = value;
    return this;
  }

  /** Raw XML inside the metadata element. */
  EpubFixture metadata(String xml) {
    metadata.append(xml);
    return this;
  }

  /** A chapter {@code text/cN.xhtml} with this body, in the spine. */
  EpubFixture chapter(String body) {
    return chapterDocument(xhtml(body).getBytes(StandardCharsets.UTF_8), "");
  }

  EpubFixture chapterDocument(byte[] document, String itemrefAttributes) {
    count++;
    item("c" + count, "text/c" + count + ".xhtml", "application/xhtml+xml", "");
    entry("OEBPS/text/c" + count + ".xhtml", document);
    return spine("c" + count, itemrefAttributes);
  }

  EpubFixture spine(String id, String attributes) {
    spine.append("<itemref idref=\"%s\" %s/>".formatted(id, attributes));
    return this;
  }

  EpubFixture spineAttributes(String attributes) {
    spineAttributes = attributes;
    return this;
  }

  EpubFixture guide(String xml) {
    guide = "<guide>" + xml + "</guide>";
    return this;
  }

  EpubFixture item(String id, String href, String mediaType, String attributes) {
    manifest.append(
        "<item id=\"%s\" href=\"%s\" media-type=\"%s\" %s/>"
            .formatted(id, href, mediaType, attributes));
    return this;
  }

  EpubFixture nav(String body) {
    entry("OEBPS/nav.xhtml", xhtml("<nav epub:type=\"toc\">" + body + "</nav>"));
    return item("nav", "nav.xhtml", "application/xhtml+xml", "properties=\"nav\"");
  }

  EpubFixture entry(String name, String content) {
    return entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  EpubFixture entry(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  /** Bytes of an entry added before. */
  byte[] content(String name) {
    return Objects.requireNonNull(entries.get(name), name);
  }

  EpubFixture without(String name) {
    entries.remove(name);
    return this;
  }

  static String xhtml(String body) {
    return """
    <?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html>
    <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
    <head><title>Document title</title></head><body>%s</body></html>\
    """
        .formatted(body);
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      mimetype(zip);
      if (!entries.containsKey("OEBPS/content.opf")) {
        write(zip, "OEBPS/content.opf", opf().getBytes(StandardCharsets.UTF_8));
      }
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        write(zip, entry.getKey(), entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  Path in(Path folder) throws IOException {
    return Files.write(folder.resolve("book.epub"), bytes());
  }

  private String opf() {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <package xmlns="http://www.idpf.org/2007/opf" version="%s" unique-identifier="id">
    <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:opf="http://www.idpf.org/2007/opf">%s</metadata>
    <manifest>%s</manifest><spine %s>%s</spine>%s</package>\
    """
        .formatted(version, metadata, manifest, spineAttributes, spine, guide);
  }

  private static void mimetype(ZipOutputStream zip) throws IOException {
    byte[] content = "application/epub+zip".getBytes(StandardCharsets.US_ASCII);
    ZipEntry entry = new ZipEntry("mimetype");
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
  }

  private static void write(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
  }
}
