package dev.scriptorium.worker.trial;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Names the media type of a local file by its content; the name decides between kinds of text. */
final class BookFormat {
  private static final int HEAD_BYTES = 8192;
  private static final int PDF_HEADER_SPAN = 1024;
  private static final Pattern PDF_HEADER = Pattern.compile("%PDF-[0-9]\\.[0-9]");
  private static final Pattern XML_PREAMBLE =
      Pattern.compile("^(?:\\s|<\\?[^>]*>|<!--.*?-->|<![^>\\[]*>)*", Pattern.DOTALL);
  private static final Pattern FICTION_BOOK = Pattern.compile("^<(?:\\w+:)?FictionBook[\\s>/]");
  private static final Pattern HTML =
      Pattern.compile("^<(?:\\w+:)?(?:html|head|body)[\\s>/]", Pattern.CASE_INSENSITIVE);
  private static final Pattern HTML_NAME = Pattern.compile(".*\\.(html?|xhtml)");
  private static final Pattern MARKDOWN_NAME = Pattern.compile(".*\\.(md|markdown)");

  private BookFormat() {}

  /** The media type; empty when the file is of no format that a plugin could take. */
  static Optional<String> of(Path file) throws IOException {
    byte[] head = head(file);
    if (startsWith(head, 'P', 'K', 3, 4)) {
      return ofZip(file);
    }
    String latin = new String(head, StandardCharsets.ISO_8859_1);
    String start = latin.substring(0, Math.min(latin.length(), PDF_HEADER_SPAN));
    if (PDF_HEADER.matcher(start).find()) {
      return Optional.of("application/pdf");
    }
    return text(head).flatMap(text -> ofText(text, name(file)));
  }

  private static Optional<String> ofZip(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> names =
          zip.stream()
              .filter(entry -> !entry.isDirectory())
              .map(ZipEntry::getName)
              .filter(name -> !name.startsWith("__MACOSX/"))
              .toList();
      if (names.contains("META-INF/container.xml") || names.contains("mimetype")) {
        return Optional.of("application/epub+zip");
      }
      boolean fictionBook =
          names.size() == 1 && names.getFirst().toLowerCase(Locale.ROOT).endsWith(".fb2");
      return fictionBook ? Optional.of("application/x-zip-compressed-fb2") : Optional.empty();
    } catch (ZipException | EOFException e) {
      // A damaged archive: books as archives are mostly EPUB, whose plugin then says what is wrong.
      return Optional.of("application/epub+zip");
    }
  }

  private static Optional<String> ofText(String text, String name) {
    String body = XML_PREAMBLE.matcher(text).replaceFirst("");
    if (FICTION_BOOK.matcher(body).find()) {
      return Optional.of("application/x-fictionbook+xml");
    }
    boolean html = HTML.matcher(body).find() || HTML_NAME.matcher(name).matches();
    if (html) {
      return Optional.of("text/html");
    }
    if (body.length() < text.length() && body.startsWith("<")) {
      return Optional.empty();
    }
    return Optional.of(MARKDOWN_NAME.matcher(name).matches() ? "text/markdown" : "text/plain");
  }

  private static Optional<String> text(byte[] head) {
    String text;
    if (startsWith(head, 0xFF, 0xFE) || startsWith(head, '<', 0)) {
      text = new String(head, StandardCharsets.UTF_16LE);
    } else if (startsWith(head, 0xFE, 0xFF) || startsWith(head, 0, '<')) {
      text = new String(head, StandardCharsets.UTF_16BE);
    } else if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      text = new String(head, 3, head.length - 3, StandardCharsets.ISO_8859_1);
    } else {
      text = new String(head, StandardCharsets.ISO_8859_1);
    }
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    boolean isText =
        !unmarked.isBlank()
            && unmarked.chars().allMatch(c -> c >= ' ' || "\t\n\r\f\u001a".indexOf(c) >= 0);
    return isText ? Optional.of(unmarked) : Optional.empty();
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD_BYTES);
    }
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }
}
