package dev.scriptorium.server.reading;

import dev.scriptorium.server.database.Rows;
import dev.scriptorium.server.database.Rows.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Statements on sessions and what they add up to. Thread-safe. */
final class SessionStore {
  /**
   * What was read on one day.
   *
   * @param index of the day, from 0
   */
  record Day(int index, long millis, long codePoints) {}

  /** Where a reader is in a book. */
  record Position(long offset, long bookLength) {}

  /** What a reader wants to do. */
  record Goal(long revision, int dailySeconds, int booksPerYear, Instant updatedAt) {}

  /** Where a list goes on: before this session. */
  record Before(Instant startedAt, UUID id) {}

  private static final Rows<Session> SESSIONS =
      Rows.<Session>of()
          .with("session_id", Kind.UUID, Session::id)
          .with("owner_id", Kind.UUID, Session::owner)
          .with("book_id", Kind.UUID, Session::book)
          .with("device", Kind.TEXT, Session::device)
          .with("started_at", Kind.INSTANT, Session::startedAt)
          .with("ended_at", Kind.INSTANT, Session::endedAt)
          .with("start_offset", Kind.BIGINT, Session::start)
          .with("end_offset", Kind.BIGINT, Session::end);

  // What a session adds to a quarter of an hour is what it has reached at its end less what it had
  // reached at its beginning: so the parts add up to the whole.
  private static final String RECORD =
      """
      with added as (
        insert into reading_session (session_id, owner_id, book_id, device, started_at, ended_at,
          start_offset, end_offset, received_at)
        select new.*, cast(:now as timestamptz)
      """
          + SESSIONS.from()
          + """
            on conflict (owner_id, session_id) do nothing
            returning *),
          part as (
            select a.owner_id, a.book_id, q.at as quarter_at,
              extract(epoch from a.ended_at - a.started_at) as whole,
              extract(epoch from greatest(q.at, a.started_at) - a.started_at) as first,
              extract(epoch from least(q.at + interval '15 minutes', a.ended_at) - a.started_at)
                as last,
              greatest(0, a.end_offset - a.start_offset) as code_points
            from added a
            cross join lateral generate_series(
              date_bin(interval '15 minutes', a.started_at, timestamptz '2000-01-01 00:00:00Z'),
              a.ended_at - interval '1 microsecond', interval '15 minutes') q (at)),
          counted as (
            insert into reading_quarter as r (owner_id, quarter_at, book_id, millis, code_points)
            select owner_id, quarter_at, book_id,
              sum(round(last * 1000) - round(first * 1000)),
              sum(round(code_points * last / whole) - round(code_points * first / whole))
            from part
            group by owner_id, quarter_at, book_id
            order by owner_id, quarter_at, book_id
            on conflict (owner_id, quarter_at, book_id) do update set
              millis = r.millis + excluded.millis,
              code_points = r.code_points + excluded.code_points)
          select count(*) from added
          """;

  /**
   * Adds sessions, and to each quarter of an hour what they add to it.
   *
   * @return how many were new
   */
  int record(Handle handle, List<Session> sessions, Instant now) {
    var query = handle.createQuery(RECORD).bind("now", now);
    SESSIONS.bind(query, sessions);
    return query.mapTo(Integer.class).one();
  }

  /** One of the books that is not there; empty when all are. */
  Optional<UUID> missing(Handle handle, UUID owner, Collection<UUID> books) {
    return handle
        .createQuery(
            """
            select wanted.book_id
            from unnest(cast(:books as uuid[])) as wanted (book_id)
            left join lateral (
              select 1 as there from book b
              where b.book_id = wanted.book_id and b.deleted_at is null
                and (b.owner_id = :owner
                  or b.owner_id = readable_owner(wanted.book_id, :owner))
              limit 1) b on true
            where b.there is null
            limit 1
            """)
        .bind("books", books.toArray(UUID[]::new))
        .bind("owner", owner)
        .mapTo(UUID.class)
        .findOne();
  }

  /** Sessions, the one that began last first. */
  List<Session> list(Handle handle, UUID owner, Before before, int limit) {
    return handle
        .createQuery(
            """
            select * from reading_session
            where owner_id = :owner and (started_at, session_id) < (:startedAt, :id)
            order by started_at desc, session_id desc
            limit :limit
            """)
        .bind("owner", owner)
        .bind("startedAt", before.startedAt())
        .bind("id", before.id())
        .bind("limit", limit)
        .map((row, _) -> session(row))
        .list();
  }

  /**
   * What was read, by days.
   *
   * @param starts when each day begins, and at last when the last one ends
   * @param book null for all
   */
  List<Day> days(Handle handle, UUID owner, List<Instant> starts, @Nullable UUID book) {
    return handle
        .createQuery(
            """
            select width_bucket(quarter_at, cast(:starts as timestamptz[])) - 1 as day,
              sum(millis) as millis, sum(code_points) as code_points
            from reading_quarter
            where owner_id = :owner and quarter_at >= :first and quarter_at < :end
              and (cast(:book as uuid) is null or book_id = cast(:book as uuid))
            group by day
            order by day
            """)
        .bind("starts", starts.stream().map(Instant::toString).toArray(String[]::new))
        .bind("owner", owner)
        .bind("first", starts.getFirst())
        .bind("end", starts.getLast())
        .bind("book", book)
        .map(
            (row, _) ->
                new Day(row.getInt("day"), row.getLong("millis"), row.getLong("code_points")))
        .list();
  }

  /** Where the reader is in a book that is not deleted. */
  Optional<Position> position(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select coalesce(h.book_offset, 0) as book_offset, b.code_points
            from book b
            left join progress_head h on h.book_id = b.book_id and h.owner_id = :owner
            where b.book_id = :book and b.owner_id = (select readable_owner(:book, :owner))
              and b.deleted_at is null
            """)
        .bind("owner", owner)
        .bind("book", book)
        .map((row, _) -> new Position(row.getLong("book_offset"), row.getLong("code_points")))
        .findOne();
  }

  /** How many books were finished between two instants. */
  int finished(Handle handle, UUID owner, Instant first, Instant end) {
    return handle
        .createQuery(
            """
            select count(*) from progress_head
            where owner_id = :owner and finished_at >= :first and finished_at < :end
            """)
        .bind("owner", owner)
        .bind("first", first)
        .bind("end", end)
        .mapTo(Integer.class)
        .one();
  }

  /** The goal; empty when none was set. */
  Optional<Goal> goal(Handle handle, UUID owner) {
    return handle
        .createQuery(
            """
            select revision, daily_seconds, books_per_year, updated_at from reading_goal
            where owner_id = :owner
            """)
        .bind("owner", owner)
        .map(
            (row, _) ->
                new Goal(
                    row.getLong("revision"),
                    row.getInt("daily_seconds"),
                    row.getInt("books_per_year"),
                    row.getObject("updated_at", OffsetDateTime.class).toInstant()))
        .findOne();
  }

  /**
   * Sets the goal.
   *
   * @return false when its revision is not the goal's less one: somebody else has set it
   */
  boolean setGoal(Handle handle, UUID owner, Goal goal) {
    return handle
            .createUpdate(
                """
                insert into reading_goal as g (owner_id, revision, daily_seconds, books_per_year,
                  updated_at)
                values (:owner, :revision, :daily, :books, :now)
                on conflict (owner_id) do update set revision = excluded.revision,
                  daily_seconds = excluded.daily_seconds,
                  books_per_year = excluded.books_per_year, updated_at = excluded.updated_at
                where g.revision = excluded.revision - 1
                """)
            .bind("owner", owner)
            .bind("revision", goal.revision())
            .bind("daily", goal.dailySeconds())
            .bind("books", goal.booksPerYear())
            .bind("now", goal.updatedAt())
            .execute()
        == 1;
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        row.getObject("owner_id", UUID.class),
        row.getObject("session_id", UUID.class),
        row.getObject("book_id", UUID.class),
        row.getString("device"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        row.getObject("ended_at", OffsetDateTime.class).toInstant(),
        row.getLong("start_offset"),
        row.getLong("end_offset"));
  }
}
