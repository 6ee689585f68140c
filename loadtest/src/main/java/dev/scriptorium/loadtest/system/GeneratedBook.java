package dev.scriptorium.loadtest.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * EPUB novels of any length, made of sentences that keep an analyzer busy. Same seed, same bytes.
 */
public final class GeneratedBook {
  private static final List<String> PEOPLE =
      List.of(
          "Mrs. Harrow", "Edmund Vale", "Edmund", "Dr. Lisle", "Old Tam", "Ruth Carrow", "Ruth");
  private static final List<String> PLACES =
      List.of("Marrow Hill", "Stonebridge", "the Long Quay", "Fenwick", "Saint Orme");
  private static final List<String> SENTENCES =
      List.of(
          "The narrow street ran down between grey walls to %2$s, where wet nets hung in rows.",
          "“I never saw such a thing,” said %1$s, and looked away towards the window.",
          "%1$s wore a long green coat with tarnished buttons and a collar of worn velvet.",
          "A thin yellow light lay over the roofs of %2$s and the gulls were quiet.",
          "In the corner stood a tall clock of black oak whose hands had stopped at noon.",
          "%1$s ran along the wall, slipped, and caught hold of the rusted chain.",
          "They had walked from %2$s since morning and nobody had spoken.",
          "“And what would %1$s say to that?” he asked at last.");

  private GeneratedBook() {}

  /**
   * Writes a book.
   *
   * @param chapters at least 1
   * @param words words in each chapter, about
   */
  public static Path write(Path file, String title, int chapters, int words, long seed)
      throws IOException {
    return write(file, title, chapters, words, seed, 0);
  }

  /**
   * Writes a book with a file in it that nothing refers to and nothing can compress.
   *
   * @param padding length of that file in bytes; 0 for none
   */
  public static Path write(Path file, String title, int chapters, int words, long seed, int padding)
      throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      storeMimetype(zip);
      put(zip, "META-INF/container.xml", CONTAINER);
      put(zip, "book.opf", packageDocument(title, chapters, 0));
      put(zip, "nav.xhtml", navigation(chapters));
      for (int chapter = 1; chapter <= chapters; chapter++) {
        put(zip, "c" + chapter + ".xhtml", chapter(chapter, words, random));
      }
      if (padding > 0) {
        byte[] noise = new byte[padding];
        random.nextBytes(noise);
        put(zip, "noise.bin", noise);
      }
    }
    return file;
  }

  /**
   * Writes a book with pictures that its chapters show, and that nothing can compress.
   *
   * @param pictures how many, shared out evenly; at least 1
   * @param pictureBytes length of each, at least 10
   */
  public static Path illustrated(
      Path file, String title, int chapters, int words, long seed, int pictures, int pictureBytes)
      throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      storeMimetype(zip);
      put(zip, "META-INF/container.xml", CONTAINER);
      put(zip, "book.opf", packageDocument(title, chapters, pictures));
      put(zip, "nav.xhtml", navigation(chapters));
      for (int chapter = 1; chapter <= chapters; chapter++) {
        StringBuilder body = new StringBuilder(body(chapter, words, random));
        for (int picture = chapter; picture <= pictures; picture += chapters) {
          body.append("<p><img src='p%d.gif' alt='A view'/></p>".formatted(picture));
        }
        put(zip, "c" + chapter + ".xhtml", document(chapter, body.toString()));
      }
      for (int picture = 1; picture <= pictures; picture++) {
        put(zip, "p" + picture + ".gif", picture(pictureBytes, random));
      }
    }
    return file;
  }

  /** What begins as a GIF of 640 by 480 pixels. */
  private static byte[] picture(int length, RandomGenerator random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    byte[] head = {'G', 'I', 'F', '8', '9', 'a', (byte) 0x80, 2, (byte) 0xE0, 1};
    System.arraycopy(head, 0, bytes, 0, head.length);
    return bytes;
  }

  /**
   * Writes a book of given chapters.
   *
   * @param chapters texts with blank lines between paragraphs; not empty
   */
  public static Path of(Path file, String title, List<String> chapters) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      storeMimetype(zip);
      put(zip, "META-INF/container.xml", CONTAINER);
      put(zip, "book.opf", packageDocument(title, chapters.size(), 0));
      put(zip, "nav.xhtml", navigation(chapters.size()));
      for (int i = 0; i < chapters.size(); i++) {
        put(zip, "c" + (i + 1) + ".xhtml", document(i + 1, paragraphs(chapters.get(i))));
      }
    }
    return file;
  }

  private static String paragraphs(String text) {
    StringBuilder body = new StringBuilder();
    for (String paragraph : text.strip().split("\\n\\s*\\n", -1)) {
      String escaped = paragraph.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
      body.append("<p>").append(escaped.strip()).append("</p>\n");
    }
    return body.toString();
  }

  private static final String CONTAINER =
      """
      <?xml version="1.0"?>
      <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
        <rootfiles>
          <rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>
        </rootfiles>
      </container>
      """;

  private static String packageDocument(String title, int chapters, int pictures) {
    StringBuilder items = new StringBuilder();
    StringBuilder spine = new StringBuilder();
    for (int chapter = 1; chapter <= chapters; chapter++) {
      items
          .append("<item id='c%1$d' href='c%1$d.xhtml' ".formatted(chapter))
          .append("media-type='application/xhtml+xml'/>");
      spine.append("<itemref idref='c%d'/>".formatted(chapter));
    }
    for (int picture = 1; picture <= pictures; picture++) {
      items.append("<item id='p%1$d' href='p%1$d.gif' media-type='image/gif'/>".formatted(picture));
    }
    return """
    <?xml version="1.0"?>
    <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
      <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:identifier id="id">urn:generated:%1$s</dc:identifier>
        <dc:title>%1$s</dc:title><dc:language>en</dc:language>
        <dc:creator>Generated</dc:creator>
        <meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
      </metadata>
      <manifest>
        <item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>%2$s
      </manifest>
      <spine>%3$s</spine>
    </package>
    """
        .formatted(title, items, spine);
  }

  private static String navigation(int chapters) {
    StringBuilder lines = new StringBuilder();
    for (int chapter = 1; chapter <= chapters; chapter++) {
      lines.append("<li><a href='c%1$d.xhtml'>Chapter %1$d</a></li>".formatted(chapter));
    }
    return """
    <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
    <head><title>Contents</title></head>
    <body><nav epub:type="toc"><ol>%s</ol></nav></body></html>
    """
        .formatted(lines);
  }

  private static String chapter(int number, int words, RandomGenerator random) {
    return document(number, body(number, words, random));
  }

  private static String body(int number, int words, RandomGenerator random) {
    StringBuilder body = new StringBuilder("<h1>Chapter %d</h1>".formatted(number));
    int written = 0;
    while (written < words) {
      StringBuilder paragraph = new StringBuilder();
      for (int sentence = 3 + random.nextInt(5); sentence > 0; sentence--) {
        paragraph.append(
            pick(SENTENCES, random).formatted(pick(PEOPLE, random), pick(PLACES, random)));
        paragraph.append(' ');
      }
      written += paragraph.toString().split(" ").length;
      body.append("<p>").append(paragraph.toString().strip()).append("</p>\n");
    }
    return body.toString();
  }

  private static String document(int number, String body) {
    return """
    <html xmlns="http://www.w3.org/1999/xhtml"><head><title>Chapter %d</title></head>
    <body>%s</body></html>
    """
        .formatted(number, body);
  }

  private static <T> T pick(List<T> list, RandomGenerator random) {
    return list.get(random.nextInt(list.size()));
  }

  private static void storeMimetype(ZipOutputStream zip) throws IOException {
    byte[] bytes = "application/epub+zip".getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry("mimetype");
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static void put(ZipOutputStream zip, String name, String content) throws IOException {
    put(zip, name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
