package dev.scriptorium.cli;

import dev.scriptorium.cli.BookImport.Status;
import dev.scriptorium.v1.Book;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a book whose import has ended: short in a terminal, complete in a pipe.
 *
 * @param columns width of the terminal; 0 in a pipe
 */
record ImportLines(Style style, boolean unicode, int columns) {
  private static final int SHORTEST_NAME = 12;

  /** One line: a mark, the file, what became of it. */
  String ended(BookImport item) {
    return columns == 0 ? complete(item) : brief(item);
  }

  private String complete(BookImport item) {
    Book book = item.book();
    BookImport.Failed failed = item.failure();
    String name = book == null ? "" : "  " + book.getName();
    String detail =
        switch (item.status()) {
          case IMPORTED ->
              book == null ? "" : BookLines.extent(book) + "; " + BookLines.times(book);
          case EXISTS -> book == null ? "" : BookLines.extent(book);
          case INCOMPLETE, FAILED -> String.valueOf(failed);
          case STORED, WAITING, UPLOADING -> "";
        };
    return word(item.status())
        + " "
        + fileName(item)
        + (detail.isEmpty() ? "" : "  " + detail)
        + name;
  }

  private String brief(BookImport item) {
    Book book = item.book();
    String id = book == null ? "" : "  " + Words.shortId(book.getName());
    String detail = "  " + briefDetail(item, book);
    String mark = mark(item.status());
    int others = Cells.width(mark + " " + detail + id);
    if (item.failure() == null) {
      String name = Cells.fit(fileName(item), Math.max(SHORTEST_NAME, columns - others));
      return coloured(item.status(), mark) + " " + style.bold(name) + detail + style.dim(id);
    }
    // A cause is never cut: it takes as many lines as it needs.
    String whole = fileName(item) + detail + id;
    int margin = Cells.width(mark) + 1;
    String text =
        String.join("\n" + " ".repeat(margin), Cells.wrap(whole, Math.max(20, columns - margin)));
    return coloured(item.status(), mark) + " " + text;
  }

  private static String briefDetail(BookImport item, @Nullable Book book) {
    if (book == null) {
      return String.valueOf(item.failure());
    }
    return switch (item.status()) {
      case IMPORTED -> BookLines.extent(book) + ", " + BookLines.briefTimes(book);
      case EXISTS -> "already there, " + BookLines.extent(book);
      case STORED -> "stored";
      case INCOMPLETE -> "incomplete: " + item.failure();
      case FAILED, WAITING, UPLOADING -> String.valueOf(item.failure());
    };
  }

  private static String word(Status status) {
    return switch (status) {
      case IMPORTED -> "imported";
      case EXISTS -> "already there";
      case INCOMPLETE -> "INCOMPLETE";
      case FAILED -> "FAILED";
      case STORED -> "stored";
      case WAITING, UPLOADING -> "stopped";
    };
  }

  private String mark(Status status) {
    return switch (status) {
      case IMPORTED, EXISTS -> unicode ? "✓" : "ok";
      case STORED -> unicode ? "↑" : "ok";
      case INCOMPLETE, WAITING, UPLOADING -> "!";
      case FAILED -> unicode ? "✗" : "FAILED";
    };
  }

  private String coloured(Status status, String mark) {
    return switch (status) {
      case IMPORTED, EXISTS, STORED -> style.green(mark);
      case INCOMPLETE, WAITING, UPLOADING -> style.yellow(mark);
      case FAILED -> style.red(mark);
    };
  }

  static String fileName(BookImport item) {
    return Cells.clean(String.valueOf(item.file().getFileName()));
  }
}
