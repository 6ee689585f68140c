package dev.scriptorium.server.reading;

import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Position;
import dev.scriptorium.v1.Progress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * A reader's place in a book.
 *
 * @param revision number of accepted steps, from 1
 * @param offset book offset in code points
 * @param chapter ordinal of the chapter that holds it; 0 when the book has none
 * @param chapterOffset offset in that chapter
 * @param bookLength code points of the book
 * @param device who made the step
 * @param eventAt when the reader was there
 * @param acceptedAt when the server took it
 */
public record ProgressHead(
    UUID book,
    long revision,
    long offset,
    int chapter,
    int chapterOffset,
    long bookLength,
    String device,
    Instant eventAt,
    Instant acceptedAt) {

  /**
   * Reads the columns {@code book_id, code_points, progress_revision, progress_offset,
   * progress_chapter, progress_chapter_offset, progress_device, progress_event_at,
   * progress_accepted_at}.
   *
   * @return empty when the revision is null
   */
  public static Optional<ProgressHead> read(ResultSet row) throws SQLException {
    long revision = row.getLong("progress_revision");
    if (row.wasNull()) {
      return Optional.empty();
    }
    return Optional.of(
        new ProgressHead(
            row.getObject("book_id", UUID.class),
            revision,
            row.getLong("progress_offset"),
            row.getInt("progress_chapter"),
            row.getInt("progress_chapter_offset"),
            row.getLong("code_points"),
            row.getString("progress_device"),
            instant(row, "progress_event_at"),
            instant(row, "progress_accepted_at")));
  }

  /** The message of the API. */
  public Progress toMessage() {
    BookName name = new BookName(book);
    Position.Builder position =
        Position.newBuilder().setOffset(offset).setChapterOffset(chapterOffset);
    if (chapter > 0) {
      position.setChapter(name.chapter(chapter));
    }
    return Progress.newBuilder()
        .setName(name.progress())
        .setRevision(revision)
        .setPosition(position)
        .setFraction(bookLength == 0 ? 0 : Math.min(1.0, (double) offset / bookLength))
        .setDevice(device)
        .setEventTime(WireTime.of(eventAt))
        .setUpdateTime(WireTime.of(acceptedAt))
        .build();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
