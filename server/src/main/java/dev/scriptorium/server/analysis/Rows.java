package dev.scriptorium.server.analysis;

import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.TextRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What rows of several tables have in common. */
final class Rows {
  private Rows() {}

  /** A range from three columns: ordinal of the chapter, first code point, one past the last. */
  static TextRange range(ResultSet row, UUID book, String chapter, String start, String end)
      throws SQLException {
    return TextRange.newBuilder()
        .setChapter(new BookName(book).chapter(row.getInt(chapter)))
        .setStart(row.getInt(start))
        .setEnd(row.getInt(end))
        .build();
  }

  /** A column of type {@code text[]}. */
  static List<String> strings(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
