package dev.scriptorium.server.catalog;

import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.ContentsEntry;
import dev.scriptorium.v1.Warning;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads the columns of a single book together with its contents and warnings. Thread-safe. */
final class FullBookRow implements RowMapper<StoredBook> {
  private final BookRow row = new BookRow();

  @Override
  public StoredBook map(ResultSet columns, StatementContext context) throws SQLException {
    StoredBook stored = row.map(columns, context);
    Book.Builder book = stored.content().toBuilder();
    contents(columns, stored.id(), book);
    warnings(columns, book);
    return new StoredBook(
        stored.id(), stored.revision(), stored.deleted(), book.build(), stored.stages());
  }

  private static void contents(ResultSet columns, UUID id, Book.Builder book) throws SQLException {
    Array titles = columns.getArray("contents_title");
    if (titles == null) {
      return;
    }
    String[] title = (String[]) titles.getArray();
    Integer[] depth = (Integer[]) columns.getArray("contents_depth").getArray();
    Integer[] chapter = (Integer[]) columns.getArray("contents_chapter").getArray();
    Integer[] offset = (Integer[]) columns.getArray("contents_offset").getArray();
    BookName name = new BookName(id);
    for (int i = 0; i < title.length; i++) {
      book.addContents(
          ContentsEntry.newBuilder()
              .setTitle(title[i])
              .setDepth(depth[i])
              .setChapter(chapter[i] == 0 ? "" : name.chapter(chapter[i]))
              .setChapterOffset(offset[i]));
    }
  }

  private static void warnings(ResultSet columns, Book.Builder book) throws SQLException {
    Array reasons = columns.getArray("warning_reason");
    if (reasons == null) {
      return;
    }
    String[] reason = (String[]) reasons.getArray();
    String[] place = (String[]) columns.getArray("warning_place").getArray();
    String[] message = (String[]) columns.getArray("warning_message").getArray();
    for (int i = 0; i < reason.length; i++) {
      book.addWarnings(
          Warning.newBuilder().setReason(reason[i]).setPlace(place[i]).setMessage(message[i]));
    }
  }
}
