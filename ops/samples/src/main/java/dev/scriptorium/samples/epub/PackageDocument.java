package dev.scriptorium.samples.epub;

import java.util.List;
import java.util.stream.Collectors;

/** The package document: metadata, manifest, spine. */
final class PackageDocument {
  private final BookSource book;

  PackageDocument(BookSource book) {
    this.book = book;
  }

  /**
   * @param resources every file but the package document
   * @param spine ids in reading order
   */
  String write(List<Resource> resources, List<String> spine) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book-id" \
    xml:lang="%s">
    <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    %s</metadata>
    <manifest>
    %s</manifest>
    <spine toc="ncx">
    %s</spine>
    </package>
    """
        .formatted(book.get("language"), metadata(), manifest(resources), spine(spine));
  }

  private String metadata() {
    String subjects =
        book.list("subjects").stream()
            .map(subject -> "<dc:subject>%s</dc:subject>\n".formatted(Xml.escape(subject)))
            .collect(Collectors.joining());
    return """
    <dc:identifier id="book-id">%s</dc:identifier>
    <dc:title id="main-title">%s</dc:title>
    <meta refines="#main-title" property="title-type">main</meta>
    <dc:title id="subtitle">%s</dc:title>
    <meta refines="#subtitle" property="title-type">subtitle</meta>
    <dc:creator id="creator">%s</dc:creator>
    <meta refines="#creator" property="role" scheme="marc:relators">aut</meta>
    <meta refines="#creator" property="file-as">%s</meta>
    <dc:language>%s</dc:language>
    <dc:publisher>%s</dc:publisher>
    <dc:date>%s</dc:date>
    <dc:description>%s</dc:description>
    %s<dc:rights>%s</dc:rights>
    <meta property="dcterms:modified">%s</meta>
    <meta property="schema:accessMode">textual</meta>
    <meta property="schema:accessMode">visual</meta>
    <meta property="schema:accessModeSufficient">textual</meta>
    <meta property="schema:accessibilityFeature">alternativeText</meta>
    <meta property="schema:accessibilityFeature">tableOfContents</meta>
    <meta property="schema:accessibilityHazard">none</meta>
    <meta name="cover" content="cover-image"/>
    """
        .formatted(
            escaped("identifier"),
            escaped("title"),
            escaped("subtitle"),
            escaped("creator"),
            escaped("creator.file-as"),
            escaped("language"),
            escaped("publisher"),
            escaped("published"),
            escaped("description"),
            subjects,
            escaped("rights"),
            escaped("modified"));
  }

  private String escaped(String key) {
    return Xml.escape(book.get(key));
  }

  private static String manifest(List<Resource> resources) {
    return resources.stream().map(PackageDocument::item).collect(Collectors.joining());
  }

  private static String item(Resource resource) {
    String properties =
        resource.properties().isEmpty()
            ? ""
            : " properties=\"%s\"".formatted(resource.properties());
    return "<item id=\"%s\" href=\"%s\" media-type=\"%s\"%s/>\n"
        .formatted(resource.id(), resource.href(), resource.mediaType(), properties);
  }

  private static String spine(List<String> ids) {
    return ids.stream()
        .map(id -> "<itemref idref=\"%s\"/>\n".formatted(id))
        .collect(Collectors.joining());
  }
}
