package dev.scriptorium.server.changes;

import dev.scriptorium.server.database.Rows;
import dev.scriptorium.server.database.Rows.Kind;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Statements on the log of changes. Thread-safe. */
final class ChangeStore {
  /**
   * A stretch of the log.
   *
   * @param edge how the log stood in the very snapshot that the changes were read in
   */
  record Stretch(Edge edge, List<Logged> changes) {}

  /**
   * How the log stands.
   *
   * @param epoch changes when the order begins anew
   * @param floor changes of transactions up to it may be forgotten
   * @param settled transactions before it have ended: nothing can appear among them any more
   * @param next no transaction has this number yet
   */
  record Edge(UUID epoch, long floor, long settled, long next) {}

  /** A change and its place in the order. */
  record Logged(long tx, Change change) {}

  /** A resource that is there. */
  record Listed(UUID key, Change change) {}

  /** Somebody who waits for what comes after a place. */
  record Waiting(int number, UUID owner, Place.Log place) {}

  /** What is listed for those who begin, kind by kind, each in the order of its keys. */
  private static final List<String> SOURCES =
      List.of(
          """
          select book_id as key, 'books/' || book_id as name, 'BOOK' as kind, revision
          from book
          where owner_id = :owner and deleted_at is null and book_id > :after
          order by book_id
          limit :limit
          """,
          """
          select book_id as key, 'books/' || book_id || '/progress' as name, 'PROGRESS' as kind,
            revision
          from progress_head
          where owner_id = :owner and book_id > :after
          order by book_id
          limit :limit
          """,
          """
          select annotation_id as key, 'books/' || book_id || '/annotations/' || annotation_id as name,
            'ANNOTATION' as kind, revision
          from annotation
          where owner_id = :owner and deleted_at is null and annotation_id > :after
          order by annotation_id
          limit :limit
          """,
          """
          select owner_id as key, 'readingGoal' as name, 'GOAL' as kind, revision
          from reading_goal
          where owner_id = :owner and owner_id > :after
          limit :limit
          """,
          """
          select collection_id as key, 'collections/' || collection_id as name,
            'COLLECTION' as kind, revision
          from collection
          where owner_id = :owner and collection_id > :after
          order by collection_id
          limit :limit
          """,
          """
          select filter_id as key, 'savedFilters/' || filter_id as name, 'SAVED_FILTER' as kind,
            revision
          from saved_filter
          where owner_id = :owner and filter_id > :after
          order by filter_id
          limit :limit
          """);

  private static final String EDGE =
      """
      select f.epoch, cast(f.tx as text) as floor, cast(s.settled as text) as settled,
        cast(s.next as text) as next
      """;

  private static final String EDGES =
      """
      from change_floor f
      cross join (
        select pg_snapshot_xmin(pg_current_snapshot()) as settled,
          pg_snapshot_xmax(pg_current_snapshot()) as next) s
      """;

  private static final Rows<Waiting> WAITING =
      Rows.<Waiting>of()
          .with("n", Kind.INT, Waiting::number)
          .with("owner_id", Kind.UUID, Waiting::owner)
          .with("tx", Kind.TEXT, each -> Long.toString(each.place().tx()))
          .with("name", Kind.TEXT, each -> each.place().name());

  /** How many kinds are listed. */
  static int sources() {
    return SOURCES.size();
  }

  /** How the log stands now. */
  Edge edge(Handle handle) {
    return handle.createQuery(EDGE + EDGES).map((row, _) -> edge(row)).one();
  }

  /**
   * Changes after a place, up to what is settled.
   *
   * @param limit at least 1
   */
  Stretch after(Handle handle, UUID owner, Place.Log place, int limit) {
    List<Edge> edges = new ArrayList<>();
    List<Logged> changes = new ArrayList<>();
    // The floor is read in the same snapshot: what is forgotten meanwhile is not missed in silence.
    handle
        .createQuery(
            EDGE
                + ", cast(c.tx as text) as tx, c.name, c.kind, c.revision, c.removed,"
                + " c.changed_at\n"
                + EDGES
                + """
                left join lateral (
                  select x.tx, x.name, x.kind, x.revision, x.removed, x.changed_at
                  from change x
                  where x.owner_id = :owner and (x.tx, x.name) > (cast(:tx as xid8), :name)
                    and x.tx < s.settled
                  order by x.tx, x.name
                  limit :limit) c on true
                order by c.tx, c.name
                """)
        .bind("owner", owner)
        .bind("tx", Long.toString(place.tx()))
        .bind("name", place.name())
        .bind("limit", limit)
        .map(
            (row, _) -> {
              edges.add(edge(row));
              return row.getString("tx") == null || changes.add(logged(row));
            })
        .list();
    return new Stretch(edges.getFirst(), List.copyOf(changes));
  }

  /** Resources of a kind that are there, after a key. */
  List<Listed> list(Handle handle, UUID owner, int source, UUID after, int limit) {
    return handle
        .createQuery(SOURCES.get(source))
        .bind("owner", owner)
        .bind("after", after)
        .bind("limit", limit)
        .map(
            (row, _) ->
                new Listed(
                    row.getObject("key", UUID.class),
                    Change.newBuilder()
                        .setName(row.getString("name"))
                        .setKind(row.getString("kind"))
                        .setRevision(row.getLong("revision"))
                        .build()))
        .list();
  }

  /**
   * For whom there is something new. Sees all owners: for the system itself.
   *
   * @return their numbers
   */
  List<Integer> news(Handle handle, List<Waiting> waiting) {
    var query =
        handle.createQuery(
            "select new.n\n"
                + WAITING.from()
                + """
                cross join lateral (
                  select from change c
                  where c.owner_id = new.owner_id
                    and (c.tx, c.name) > (cast(new.tx as xid8), new.name collate "C")
                    and c.tx < pg_snapshot_xmin(pg_current_snapshot())
                  limit 1) found
                """);
    WAITING.bind(query, waiting);
    return query.mapTo(Integer.class).list();
  }

  /** Numbers those who wait. */
  static List<Waiting> number(List<Waiting> waiting) {
    return IntStream.range(0, waiting.size())
        .mapToObj(n -> new Waiting(n, waiting.get(n).owner(), waiting.get(n).place()))
        .toList();
  }

  /**
   * Forgets changes that are older than an instant, a bounded number of them; whoever has not seen
   * them has to start over.
   *
   * @return how many
   */
  int forget(Handle handle, Instant before, int limit) {
    return handle
        .createUpdate(
            """
            with old as materialized (
              select ctid as place, tx from change where changed_at < :before limit :limit),
            raised as (
              update change_floor f set tx = greatest(f.tx, o.tx)
              from (select tx from old order by tx desc limit 1) o)
            delete from change where ctid = any (array(select place from old))
            """)
        .bind("before", before)
        .bind("limit", limit)
        .execute();
  }

  /** Begins the order anew when this database was copied into another cluster. */
  boolean renewEpoch(Handle handle) {
    return handle
            .createUpdate(
                """
                update change_floor f
                set epoch = case when f.cluster = 0 then f.epoch else gen_random_uuid() end,
                  tx = '0', cluster = c.system_identifier
                from pg_control_system() c
                where f.cluster <> c.system_identifier
                """)
            .execute()
        > 0;
  }

  /** Forgets changes that count in the transactions of another cluster. */
  int forgetFuture(Handle handle) {
    return handle
        .createUpdate("delete from change where tx >= pg_snapshot_xmax(pg_current_snapshot())")
        .execute();
  }

  private static Edge edge(ResultSet row) throws SQLException {
    return new Edge(
        row.getObject("epoch", UUID.class),
        Long.parseLong(row.getString("floor")),
        Long.parseLong(row.getString("settled")),
        Long.parseLong(row.getString("next")));
  }

  private static Logged logged(ResultSet row) throws SQLException {
    return new Logged(
        Long.parseLong(row.getString("tx")),
        Change.newBuilder()
            .setName(row.getString("name"))
            .setKind(row.getString("kind"))
            .setRevision(row.getLong("revision"))
            .setRemoved(row.getBoolean("removed"))
            .setChangeTime(
                WireTime.of(row.getObject("changed_at", OffsetDateTime.class).toInstant()))
            .build());
  }
}
