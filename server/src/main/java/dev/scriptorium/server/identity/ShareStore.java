package dev.scriptorium.server.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Statements on shared books, for a role that sees every user's. Thread-safe. */
final class ShareStore {
  /** A book that somebody lets somebody read. */
  record Shared(
      UUID book,
      String title,
      UUID owner,
      String ownerName,
      UUID reader,
      String readerName,
      Instant at) {}

  /** True when the owner has the book and it is not deleted. */
  boolean owns(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select exists (select from book
              where book_id = :book and owner_id = :owner and deleted_at is null)
            """)
        .bind("book", book)
        .bind("owner", owner)
        .mapTo(Boolean.class)
        .one();
  }

  /** Shares a book; does nothing twice. */
  void insert(Handle handle, UUID owner, UUID book, UUID reader, Instant now) {
    handle
        .createUpdate(
            """
            insert into share (book_id, owner_id, reader_id, created_at)
            values (:book, :owner, :reader, :now)
            on conflict (book_id, reader_id) do nothing
            """)
        .bind("book", book)
        .bind("owner", owner)
        .bind("reader", reader)
        .bind("now", now)
        .execute();
  }

  /**
   * Ends a share.
   *
   * @param caller the book's owner, or the reader
   */
  boolean delete(Handle handle, UUID book, UUID reader, UUID caller) {
    return handle
            .createUpdate(
                """
                delete from share
                 where book_id = :book and reader_id = :reader
                   and (owner_id = :caller or reader_id = :caller)
                """)
            .bind("book", book)
            .bind("reader", reader)
            .bind("caller", caller)
            .execute()
        > 0;
  }

  /** One share. */
  Shared find(Handle handle, UUID book, UUID reader) {
    return handle
        .createQuery(
            """
            select s.book_id, b.title, s.owner_id, o.name as owner_name, s.reader_id,
              r.name as reader_name, s.created_at
              from share s
              join book b on b.book_id = s.book_id
              join account o on o.id = s.owner_id
              join account r on r.id = s.reader_id
             where s.book_id = :book and s.reader_id = :reader
            """)
        .bind("book", book)
        .bind("reader", reader)
        .map(ShareStore::read)
        .one();
  }

  /** Books that others share with a reader, newest first. */
  List<Shared> withReader(Handle handle, UUID reader, UUID before, int limit) {
    return handle
        .createQuery(
            """
            select s.book_id, b.title, s.owner_id, o.name as owner_name, s.reader_id,
              r.name as reader_name, s.created_at
              from (
                select * from share
                 where reader_id = :reader and book_id < :before
                 order by book_id desc
                 limit :limit) s
              join book b on b.book_id = s.book_id
              join account o on o.id = s.owner_id
              join account r on r.id = s.reader_id
             order by s.book_id desc
            """)
        .bind("reader", reader)
        .bind("before", before)
        .bind("limit", limit)
        .map(ShareStore::read)
        .list();
  }

  /** An owner's books that others may read, newest first, each once a reader. */
  List<Shared> byOwner(Handle handle, UUID owner, UUID beforeBook, UUID beforeReader, int limit) {
    return handle
        .createQuery(
            """
            select s.book_id, b.title, s.owner_id, o.name as owner_name, s.reader_id,
              r.name as reader_name, s.created_at
              from (
                select * from share
                 where owner_id = :owner
                   and (book_id, reader_id) < (:book, :reader)
                 order by book_id desc, reader_id desc
                 limit :limit) s
              join book b on b.book_id = s.book_id
              join account o on o.id = s.owner_id
              join account r on r.id = s.reader_id
             order by s.book_id desc, s.reader_id desc
            """)
        .bind("owner", owner)
        .bind("book", beforeBook)
        .bind("reader", beforeReader)
        .bind("limit", limit)
        .map(ShareStore::read)
        .list();
  }

  private static Shared read(ResultSet row, StatementContext context) throws SQLException {
    return new Shared(
        row.getObject("book_id", UUID.class),
        row.getString("title"),
        row.getObject("owner_id", UUID.class),
        row.getString("owner_name"),
        row.getObject("reader_id", UUID.class),
        row.getString("reader_name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
