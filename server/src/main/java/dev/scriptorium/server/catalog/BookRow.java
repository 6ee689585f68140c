package dev.scriptorium.server.catalog;

import dev.scriptorium.server.reading.ProgressHead;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.Identifier;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads the columns that {@link BookStore} selects. Thread-safe. */
final class BookRow implements RowMapper<StoredBook> {
  @Override
  public StoredBook map(ResultSet row, StatementContext context) throws SQLException {
    UUID id = row.getObject("book_id", UUID.class);
    long revision = row.getLong("revision");
    Book.Builder book =
        Book.newBuilder()
            .setName(new BookName(id).toString())
            .setEtag(Etag.of(revision))
            .setMediaType(row.getString("media_type"))
            .setFileName(row.getString("file_name"))
            .setSizeBytes(row.getLong("size_bytes"))
            .setSha256(row.getString("sha256"));
    metadata(row, book);
    counts(row, book);
    times(row, book);
    ProgressHead.read(row).map(ProgressHead::toMessage).ifPresent(book::setProgress);
    return new StoredBook(id, revision, book.hasDeleteTime(), book.build(), stages(row));
  }

  private static void metadata(ResultSet row, Book.Builder book) throws SQLException {
    book.setTitle(row.getString("title"))
        .addAllLanguages(strings(row, "language"))
        .setDescription(row.getString("description"))
        .setPublisher(row.getString("publisher"))
        .setPublished(row.getString("published"))
        .setSeries(row.getString("series"))
        .addAllSubjects(strings(row, "subject"))
        .addAllGenres(strings(row, "genre"))
        .addAllTags(strings(row, "tag"))
        .addAllLockedFields(strings(row, "edited_field"));
    double seriesIndex = row.getDouble("series_index");
    if (!row.wasNull()) {
      book.setSeriesIndex(seriesIndex);
    }
    List<String> names = strings(row, "contributor_name");
    List<String> roles = strings(row, "contributor_role");
    List<String> fileAs = strings(row, "contributor_file_as");
    for (int i = 0; i < names.size(); i++) {
      book.addContributors(
          Contributor.newBuilder()
              .setName(names.get(i))
              .setRole(roles.get(i))
              .setFileAs(fileAs.get(i)));
    }
    List<String> schemes = strings(row, "identifier_scheme");
    List<String> values = strings(row, "identifier_value");
    for (int i = 0; i < values.size(); i++) {
      book.addIdentifiers(
          Identifier.newBuilder().setScheme(schemes.get(i)).setValue(values.get(i)));
    }
  }

  private static void counts(ResultSet row, Book.Builder book) throws SQLException {
    book.setChapterCount(row.getInt("chapter_count"))
        .setWordCount(row.getLong("word_count"))
        .setCodePoints(row.getLong("code_points"))
        .setPageCount(row.getInt("page_count"))
        .setHasCover(row.getBoolean("has_cover"));
  }

  private static void times(ResultSet row, Book.Builder book) throws SQLException {
    time(row, "created_at").map(WireTime::of).ifPresent(book::setCreateTime);
    time(row, "updated_at").map(WireTime::of).ifPresent(book::setUpdateTime);
    time(row, "deleted_at").map(WireTime::of).ifPresent(book::setDeleteTime);
    time(row, "purge_at").map(WireTime::of).ifPresent(book::setPurgeTime);
  }

  private static Optional<java.time.Instant> time(ResultSet row, String column)
      throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  // One array for all tiers: a page of books has many rows, and each array has its price.
  private static List<StageFact> stages(ResultSet row) throws SQLException {
    List<StageFact> stages = new ArrayList<>();
    for (String[] fact : (String[][]) elements(row, "stage", new String[0][])) {
      stages.add(
          new StageFact(
              Integer.parseInt(fact[0]),
              StageFact.State.valueOf(fact[1]),
              Integer.parseInt(fact[2]),
              Integer.parseInt(fact[3]),
              fact[4].equals("true"),
              failure(fact[5], fact[6], fact[7]),
              Long.parseLong(fact[8])));
    }
    return stages;
  }

  private static Failure failure(String reason, String message, String limit) {
    if (reason.isEmpty()) {
      return Failure.getDefaultInstance();
    }
    return Failure.newBuilder()
        .setReason(reason(reason))
        .setMessage(message)
        .setLimit(limit)
        .build();
  }

  // A newer server may have written a reason that this one does not know.
  private static ErrorReason reason(String name) {
    var value = ErrorReason.getDescriptor().findValueByName("ERROR_REASON_" + name);
    return value == null ? ErrorReason.ERROR_REASON_INTERNAL : ErrorReason.valueOf(value);
  }

  private static List<String> strings(ResultSet row, String column) throws SQLException {
    return List.of((String[]) elements(row, column, new String[0]));
  }

  private static Object elements(ResultSet row, String column, Object none) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? none : array.getArray();
  }
}
