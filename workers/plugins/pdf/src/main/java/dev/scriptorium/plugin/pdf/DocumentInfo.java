package dev.scriptorium.plugin.pdf;

import dev.scriptorium.booktext.LanguageTag;
import dev.scriptorium.booktext.Words;
import dev.scriptorium.plugin.Metadata;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the document information dictionary. The XMP packet is not read: books repeat the same
 * facts there, and it is one more XML document from a stranger.
 */
final class DocumentInfo {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentInfo.class);
  private static final int LONGEST_NAME = 500;

  private final PdfFile file;
  private final String fileName;
  private final int longestText;

  DocumentInfo(PdfFile file, String fileName, PdfLimits limits) {
    this.file = file;
    this.fileName = fileName;
    this.longestText = limits.book().metadataCodePoints();
  }

  /** What the file says; only format and file name when that is damaged. */
  Metadata read() {
    try {
      return fromDictionary();
    } catch (RuntimeException | StackOverflowError e) {
      // PDFBox casts what it finds; a damaged entry must not cost the book.
      LOG.debug("the document information cannot be read", e);
      return Metadata.of("PDF", withoutExtension(fileName));
    }
  }

  private Metadata fromDictionary() {
    PDDocument document = file.document();
    PDDocumentInformation info = document.getDocumentInformation();
    String title = line(info.getTitle());
    return new Metadata(
        String.format(Locale.ROOT, "PDF %.1f", document.getVersion()),
        title.isEmpty() ? withoutExtension(fileName) : title,
        split(line(info.getAuthor()), ";").map(DocumentInfo::author).toList(),
        languages(document.getDocumentCatalog().getLanguage()),
        line(info.getSubject()),
        "",
        date(info.getCreationDate()),
        "",
        OptionalDouble.empty(),
        split(line(info.getKeywords()), "[,;]").toList(),
        List.of(),
        file.pages().size());
  }

  private String line(@Nullable String value) {
    return value == null ? "" : Words.line(value, longestText);
  }

  private static Stream<String> split(String value, String separator) {
    return Stream.of(value.split(separator, -1)).map(String::strip).filter(part -> !part.isEmpty());
  }

  private static Metadata.Contributor author(String name) {
    return new Metadata.Contributor(
        name.substring(0, Math.min(name.length(), LONGEST_NAME)), "aut", "");
  }

  private static List<String> languages(@Nullable String language) {
    return language == null
        ? List.of()
        : LanguageTag.normalise(language).map(List::of).orElse(List.of());
  }

  private static String date(@Nullable Calendar created) {
    if (created == null) {
      return "";
    }
    ZoneId zone = created.getTimeZone().toZoneId();
    return DateTimeFormatter.ISO_LOCAL_DATE.format(created.toInstant().atZone(zone));
  }

  private static String withoutExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
