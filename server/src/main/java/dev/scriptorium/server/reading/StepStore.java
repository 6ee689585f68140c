package dev.scriptorium.server.reading;

import dev.scriptorium.server.database.OneTrip;
import dev.scriptorium.server.database.Rows;
import dev.scriptorium.server.database.Rows.Kind;
import dev.scriptorium.server.database.UniqueViolation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Statements that write steps, each for a whole group of them. Thread-safe. */
final class StepStore {
  /** Numbers the steps of all readers. */
  static final String SEQUENCE = "progress_event_event_id_seq";

  /**
   * The resolved head.
   *
   * @param eventId the step it came from
   */
  record KnownHead(long eventId, Resolution.Head place) {}

  /**
   * A step that was made with the same request id.
   *
   * @param headEventId the step that was the head after it
   */
  record Made(long eventId, long headEventId, Resolution resolution, String requestHash) {}

  /**
   * What the database knows of a step that is asked for.
   *
   * @param remembered true when it was not looked up but left by the step before
   * @param bookLength code points; null when there is no such book
   * @param bookRevision null when the book is not the reader's own
   * @param made null when the request id is new, or there is none
   * @param chapter ordinal of the chapter that holds the place; 0 for none
   * @param chapterStart where that begins
   * @param chapterEnd first place behind it; 0 for no chapter
   * @param othersRevision the last one that another device made; 0 for none
   * @param lastOfDevice when the device itself was last in the book; null for never
   * @param head null when the reader has never opened the book
   */
  record Facts(
      boolean remembered,
      @Nullable Long bookLength,
      @Nullable Long bookRevision,
      @Nullable Made made,
      int chapter,
      long chapterStart,
      long chapterEnd,
      long othersRevision,
      @Nullable Instant lastOfDevice,
      @Nullable KnownHead head) {
    boolean chapterHolds(long offset) {
      return offset >= chapterStart && offset < chapterEnd;
    }

    /** What a step of the reader leaves for the next one; empty when that has to look again. */
    Optional<Facts> after(Entry entry) {
      if (bookRevision == null || entry.resolution() != Resolution.APPLIED) {
        return Optional.empty();
      }
      Step step = entry.step();
      Instant last =
          lastOfDevice != null && lastOfDevice.isAfter(step.eventAt())
              ? lastOfDevice
              : step.eventAt();
      KnownHead place =
          new KnownHead(
              entry.eventId(),
              new Resolution.Head(entry.revision(), step.offset(), step.eventAt()));
      return Optional.of(
          new Facts(
              true,
              bookLength,
              bookRevision,
              null,
              chapter,
              chapterStart,
              chapterEnd,
              othersRevision,
              last,
              place));
    }
  }

  /**
   * A line of the log.
   *
   * @param revision the revision it makes; 0 when it is not applied
   * @param headEventId the head after it; null when that is this step
   */
  record Entry(
      long eventId,
      Ask ask,
      Step step,
      Resolution resolution,
      long revision,
      @Nullable Long headEventId) {}

  /** Where a device is after a group. */
  record DeviceMove(Ask.Key key, Entry last, long revision) {}

  /**
   * Where a reader is after a group.
   *
   * @param from the step where the reader was before; 0 for nowhere
   * @param bookRevision that the reader's own book must still have; null when it was looked up
   * @param finishedAt when a step of the group was at the end of the book; null when none was
   */
  record HeadMove(
      Ask.Key key,
      long from,
      @Nullable Long bookRevision,
      Entry entry,
      @Nullable Instant finishedAt) {}

  private record Numbered(int number, Ask ask) {}

  private static final Rows<Ask.Key> KEYS =
      Rows.<Ask.Key>of()
          .with("book_id", Kind.UUID, Ask.Key::book)
          .with("owner_id", Kind.UUID, Ask.Key::owner);

  private static final Rows<Numbered> ASKS =
      Rows.<Numbered>of()
          .with("n", Kind.INT, Numbered::number)
          .with("book_id", Kind.UUID, each -> each.ask().book())
          .with("owner_id", Kind.UUID, each -> each.ask().owner())
          .with("device", Kind.TEXT, each -> each.ask().request().getDevice())
          .with("book_offset", Kind.BIGINT, each -> each.ask().request().getOffset())
          .with("request_id", Kind.UUID, each -> each.ask().requestId().orElse(null));

  private static final Rows<Entry> EVENTS =
      Rows.<Entry>of("event_")
          .with("event_id", Kind.BIGINT, Entry::eventId)
          .with("owner_id", Kind.UUID, each -> each.ask().owner())
          .with("book_id", Kind.UUID, each -> each.ask().book())
          .with("device", Kind.TEXT, each -> each.step().device())
          .with("base_revision", Kind.BIGINT, each -> each.step().baseRevision())
          .with("revision", Kind.BIGINT, Entry::revision)
          .with("book_offset", Kind.BIGINT, each -> each.step().offset())
          .with("event_at", Kind.INSTANT, each -> each.step().eventAt())
          .with("policy", Kind.TEXT, each -> each.step().policy().name())
          .with("outcome", Kind.TEXT, each -> each.resolution().name())
          .with("head_event_id", Kind.BIGINT, Entry::headEventId)
          .with("request_id", Kind.UUID, each -> each.ask().requestId().orElse(null))
          .with("request_hash", Kind.TEXT, each -> each.ask().hash());

  private static final Rows<DeviceMove> DEVICES =
      Rows.<DeviceMove>of("device_")
          .with("book_id", Kind.UUID, move -> move.key().book())
          .with("owner_id", Kind.UUID, move -> move.key().owner())
          .with("device", Kind.TEXT, move -> move.last().step().device())
          .with("event_id", Kind.BIGINT, move -> move.last().eventId())
          .with("revision", Kind.BIGINT, DeviceMove::revision)
          .with("book_offset", Kind.BIGINT, move -> move.last().step().offset())
          .with("event_at", Kind.INSTANT, move -> move.last().step().eventAt());

  private static final Rows<HeadMove> HEADS =
      Rows.<HeadMove>of("head_")
          .with("book_id", Kind.UUID, move -> move.key().book())
          .with("owner_id", Kind.UUID, move -> move.key().owner())
          .with("event_id", Kind.BIGINT, move -> move.entry().eventId())
          .with("revision", Kind.BIGINT, move -> move.entry().revision())
          .with("book_offset", Kind.BIGINT, move -> move.entry().step().offset())
          .with("device", Kind.TEXT, move -> move.entry().step().device())
          .with("event_at", Kind.INSTANT, move -> move.entry().step().eventAt())
          .with("finished_at", Kind.INSTANT, HeadMove::finishedAt);

  private static final Rows<HeadMove> MOVES =
      HEADS
          .with("from_event_id", Kind.BIGINT, HeadMove::from)
          .with("book_revision", Kind.BIGINT, HeadMove::bookRevision);

  // Row by row and in their order: a lateral subquery with a limit cannot become a join. What is
  // looked for is made beforehand: a cast that may fail does not get past row-level security to an
  // index.
  private static final String LOCK =
      given(KEYS)
          + """
          select new.book_id from new
          cross join lateral (
            select x.book_id from progress_head x
            where x.owner_id = new.owner_id and x.book_id = new.book_id
            limit 1
            for update) h
          """;

  private static final String LOOK =
      given(ASKS)
          + """
          select new.n, b.code_points,
            case when b.owner_id = new.owner_id then b.revision end as book_revision,
            m.event_id as made_event_id, coalesce(m.head_event_id, m.event_id) as made_head_event_id,
            m.outcome, m.request_hash, p.ordinal as chapter, p.start_offset,
            p.start_offset + p.code_points as end_offset,
            d.others_revision, d.last_of_device, h.event_id as head_event_id,
            h.revision as head_revision, h.book_offset as head_offset, h.event_at as head_at
          from new
          left join lateral (
            select x.code_points, x.owner_id, x.revision from book x
            where x.book_id = new.book_id and x.deleted_at is null
              and (x.owner_id = new.owner_id
                or x.owner_id = readable_owner(new.book_id, new.owner_id))
            limit 1) b on true
          left join lateral (
            select x.event_id, x.head_event_id, x.outcome, x.request_hash from progress_event x
            where x.owner_id = new.owner_id and x.request_id = new.request_id
            limit 1) m on true
          """
          + ChapterAt.joinedWithLength("new.book_id", "b.owner_id", "new.book_offset")
          + """
          left join lateral (
            select max(x.revision) filter (where x.device <> new.device) as others_revision,
              max(x.event_at) filter (where x.device = new.device) as last_of_device
            from progress_device_head x
            where x.book_id = new.book_id and x.owner_id = new.owner_id) d on true
          left join lateral (
            select x.event_id, x.revision, x.book_offset, x.event_at from progress_head x
            where x.book_id = new.book_id and x.owner_id = new.owner_id
            limit 1) h on true
          order by new.n
          """;

  private static final String APPEND =
      """
      insert into progress_event (event_id, owner_id, book_id, device, base_revision, revision,
        book_offset, event_at, policy, outcome, head_event_id, request_id, request_hash,
        received_at)
      overriding system value
      select new.*, cast(:now as timestamptz)
      """
          + EVENTS.from();

  // A device that was later elsewhere by its own clock stays there.
  private static final String MOVE_DEVICES =
      """
      insert into progress_device_head as d (book_id, owner_id, device, event_id, revision,
        book_offset, event_at)
      select *
      """
          + DEVICES.from()
          + """
          on conflict (book_id, owner_id, device) do update set
            event_id = case when excluded.event_at >= d.event_at
              then excluded.event_id else d.event_id end,
            book_offset = case when excluded.event_at >= d.event_at
              then excluded.book_offset else d.book_offset end,
            event_at = greatest(excluded.event_at, d.event_at),
            revision = greatest(excluded.revision, d.revision)
          """;

  private static final String MAKE_HEADS =
      """
      insert into progress_head (book_id, owner_id, event_id, revision, book_offset, device,
        event_at, finished_at, updated_at)
      select new.*, cast(:now as timestamptz)
      """
          + HEADS.from()
          + "on conflict (owner_id, book_id) do nothing";

  // Whoever came first since they were looked at wins: the others look again. A join may lock in
  // another order than that of the keys; should two servers meet in a circle so, Postgres ends one
  // of the transactions, and its steps are written in halves.
  private static final String MOVE_HEADS =
      given(MOVES)
          + """
          update progress_head h set event_id = new.event_id, revision = new.revision,
            book_offset = new.book_offset, device = new.device, event_at = new.event_at,
            finished_at = coalesce(h.finished_at, new.finished_at), approximate = false,
            updated_at = cast(:now as timestamptz)
          from new
          where h.owner_id = new.owner_id and h.book_id = new.book_id
            and h.event_id = new.from_event_id
            and (new.book_revision is null or exists (
              select from book b
              where b.book_id = new.book_id and b.owner_id = new.owner_id
                and b.revision = new.book_revision and b.deleted_at is null))
          """;

  private static final String SAVE = String.join(";\n", APPEND, MOVE_HEADS, MOVE_DEVICES);

  private static String given(Rows<?> rows) {
    return "with new as materialized (select *\n" + rows.from() + ")\n";
  }

  /**
   * Locks the heads that are there until the transaction ends.
   *
   * @param keys in their order
   */
  void lock(Handle handle, List<Ask.Key> keys) {
    var query = handle.createQuery(LOCK);
    KEYS.bind(query, keys);
    query.mapTo(UUID.class).list();
  }

  /** What is known of each step, in their order. */
  List<Facts> look(Handle handle, List<Ask> asks) {
    List<Numbered> numbered =
        IntStream.range(0, asks.size()).mapToObj(n -> new Numbered(n, asks.get(n))).toList();
    var query = handle.createQuery(LOOK);
    ASKS.bind(query, numbered);
    return query.map((row, _) -> read(row)).list();
  }

  /**
   * Appends to the log, moves the heads that are there, and those of devices: heads are locked
   * first, as by everybody.
   *
   * @return false when somebody else has used a request id, moved a head or changed a book that was
   *     not looked up: the transaction must be rolled back then
   */
  boolean save(
      Handle handle,
      List<Entry> entries,
      List<DeviceMove> devices,
      List<HeadMove> heads,
      Instant now) {
    var save = handle.createUpdate(SAVE).bind("now", now);
    EVENTS.bind(save, entries);
    DEVICES.bind(save, devices);
    MOVES.bind(save, heads);
    try {
      return OneTrip.counts(save).get(1) == heads.size();
    } catch (UnableToExecuteStatementException e) {
      if (UniqueViolation.caused(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Makes the heads of books that were never opened.
   *
   * @return how many were made; fewer when somebody else has opened one meanwhile
   */
  int makeHeads(Handle handle, List<HeadMove> moves, Instant now) {
    var insert = handle.createUpdate(MAKE_HEADS).bind("now", now);
    HEADS.bind(insert, moves);
    return insert.execute();
  }

  private static Facts read(ResultSet row) throws SQLException {
    return new Facts(
        false,
        row.getObject("code_points", Long.class),
        row.getObject("book_revision", Long.class),
        made(row),
        row.getInt("chapter"),
        row.getLong("start_offset"),
        row.getLong("end_offset"),
        row.getLong("others_revision"),
        instant(row, "last_of_device"),
        head(row));
  }

  private static @Nullable KnownHead head(ResultSet row) throws SQLException {
    Instant at = instant(row, "head_at");
    return at == null
        ? null
        : new KnownHead(
            row.getLong("head_event_id"),
            new Resolution.Head(row.getLong("head_revision"), row.getLong("head_offset"), at));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable Made made(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    return outcome == null
        ? null
        : new Made(
            row.getLong("made_event_id"),
            row.getLong("made_head_event_id"),
            Resolution.valueOf(outcome),
            row.getString("request_hash"));
  }
}
