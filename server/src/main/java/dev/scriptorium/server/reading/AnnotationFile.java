package dev.scriptorium.server.reading;

import dev.scriptorium.server.reading.AnnotationStore.Shown;
import dev.scriptorium.v1.ExportAnnotationsRequest.Format;
import java.util.List;

/** A form in which annotations leave as a file. For one file and one thread. */
interface AnnotationFile {
  /** What stands before the first annotation. */
  String head();

  /** The next annotations, book by book. */
  String body(List<Shown> marks);

  /** What stands behind the last one. */
  String foot();

  /** Media type of the whole. */
  String mediaType();

  /** A new file of a form. */
  static AnnotationFile of(Format format) {
    return switch (format) {
      case FORMAT_UNSPECIFIED, FORMAT_W3C, UNRECOGNIZED -> new W3cFile();
      case FORMAT_MARKDOWN -> new MarkdownFile();
      case FORMAT_CSV -> new CsvFile();
    };
  }
}
