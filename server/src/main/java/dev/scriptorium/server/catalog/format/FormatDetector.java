package dev.scriptorium.server.catalog.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises the format of a file by its content, whatever its name says. Thread-safe. */
public final class FormatDetector {
  // The specification allows junk before the header; readers look through the first kilobyte.
  private static final int PDF_HEADER_SPAN = 1024;
  private static final Pattern PDF_HEADER = Pattern.compile("%PDF-[0-9]\\.[0-9]");
  private static final Pattern MARKDOWN_NAME = Pattern.compile("(?i).*\\.(md|markdown)");
  private static final Pattern HTML_NAME = Pattern.compile("(?i).*\\.(html?|xhtml)");
  private static final Set<String> HTML_ROOTS = Set.of("html", "head", "body");

  /**
   * @param head the first bytes of the file: all of it, or at least 4 KiB
   * @param size length of the file in bytes; at least the head's
   * @param fileName tells Markdown and HTML fragments from other text; never trusted otherwise
   * @param rest asked only when an archive's head does not say enough
   */
  public Format detect(byte[] head, long size, String fileName, Range rest) throws IOException {
    if (Signature.isZip(head)) {
      return ofZip(head, size, rest);
    }
    Optional<String> known = Signature.mediaType(head);
    if (known.isPresent()) {
      return Format.unsupported(known.get());
    }
    if (isPdf(head)) {
      return Format.PDF;
    }
    return TextHead.decode(head, size)
        .map(text -> ofText(text, fileName))
        .orElse(Format.unsupported("application/octet-stream"));
  }

  private static Format ofZip(byte[] head, long size, Range rest) throws IOException {
    Optional<String> declared = ZipListing.declaredType(head);
    if (declared.isPresent()) {
      return declared.get().equals(Format.EPUB.mediaType())
          ? Format.EPUB
          : Format.unsupported(declared.get());
    }
    List<String> files =
        ZipListing.names(head, size, rest).stream().filter(FormatDetector::isFile).toList();
    if (files.stream().anyMatch("META-INF/container.xml"::equalsIgnoreCase)) {
      return Format.EPUB;
    }
    if (files.size() == 1 && files.getFirst().toLowerCase(Locale.ROOT).endsWith(".fb2")) {
      return Format.ZIPPED_FICTION_BOOK;
    }
    return Format.unsupported(
        files.contains("word/document.xml")
            ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            : "application/zip");
  }

  // macOS adds a folder of its own to every archive it makes.
  private static boolean isFile(String name) {
    return !name.endsWith("/") && !name.startsWith("__MACOSX/");
  }

  private static boolean isPdf(byte[] head) {
    String start = new String(head, 0, Math.min(head.length, PDF_HEADER_SPAN), ISO_8859_1);
    return PDF_HEADER.matcher(start).find();
  }

  private static Format ofText(String text, String fileName) {
    String root = XmlRoot.localName(text).orElse("");
    if (root.equals("FictionBook")) {
      return Format.FICTION_BOOK;
    }
    if (HTML_ROOTS.contains(root.toLowerCase(Locale.ROOT)) || startsWith(text, "<!doctype html")) {
      return Format.HTML;
    }
    if (root.equals("svg")) {
      return Format.unsupported("image/svg+xml");
    }
    return startsWith(text, "<?xml") ? Format.unsupported("application/xml") : byName(fileName);
  }

  private static boolean startsWith(String text, String prefix) {
    return text.stripLeading().regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private static Format byName(String fileName) {
    if (HTML_NAME.matcher(fileName).matches()) {
      return Format.HTML;
    }
    return MARKDOWN_NAME.matcher(fileName).matches() ? Format.MARKDOWN : Format.TEXT;
  }
}
