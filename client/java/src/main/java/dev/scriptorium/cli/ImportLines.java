package dev.scriptorium.cli;

import dev.scriptorium.cli.BookImport.Status;
import dev.scriptorium.v1.Book;

/** What is said of a book whose import has ended. */
record ImportLines(Style style, boolean unicode) {

  /** One line: a mark, the file, what became of it. */
  String ended(BookImport item) {
    return mark(item.status()) + " " + style.bold(fileName(item)) + "  " + detail(item);
  }

  private String mark(Status status) {
    return switch (status) {
      case IMPORTED -> style.green(unicode ? "✓ imported" : "imported");
      case EXISTS -> style.green(unicode ? "✓ already there" : "already there");
      case INCOMPLETE -> style.yellow(unicode ? "! incomplete" : "incomplete");
      case FAILED -> style.red(unicode ? "✗ failed" : "FAILED");
      case STORED -> style.green(unicode ? "↑ stored" : "stored");
      case WAITING, UPLOADING -> style.yellow("stopped");
    };
  }

  private String detail(BookImport item) {
    BookImport.Failed failed = item.failure();
    Book book = item.book();
    if (failed != null) {
      return failed + (book == null ? "" : style.dim("  " + Words.shortId(book.getName())));
    }
    if (book == null) {
      return "";
    }
    String id = style.dim(Words.shortId(book.getName()));
    return switch (item.status()) {
      case IMPORTED -> BookLines.extent(book) + "; " + BookLines.times(book) + "  " + id;
      case EXISTS -> BookLines.extent(book) + "  " + id;
      case STORED, INCOMPLETE, FAILED, WAITING, UPLOADING -> id;
    };
  }

  static String fileName(BookImport item) {
    return Cells.clean(String.valueOf(item.file().getFileName()));
  }
}
