package dev.scriptorium.server.analysis;

import dev.scriptorium.server.analysis.EntityStore.FoundEntity;
import dev.scriptorium.v1.TextRange;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Statements on what a reader has met so far. Thread-safe. */
final class XRayStore {
  /**
   * Where a reader is.
   *
   * @param owner whose rows the caller sees of the book
   * @param codePoints length of the book; 0 before it is parsed
   * @param chapter ordinal of the reader's chapter; 0 when there is none
   * @param chapterStart where it begins in the book
   */
  record Place(UUID owner, long codePoints, int chapter, long chapterStart) {}

  /**
   * @param found names and counts before the position
   * @param near mentions in the reader's chapter before the position
   * @param last the last mention before the position
   */
  record Met(FoundEntity found, int near, TextRange last) {}

  static final String PLACE =
      """
      select b.owner_id, b.code_points, c.ordinal, c.start_offset
      from book b
      left join lateral (
        select ordinal, start_offset
        from chapter
        where book_id = b.book_id and owner_id = b.owner_id and start_offset <= :upTo
        order by start_offset desc, ordinal desc
        limit 1) c on true
      where b.book_id = :book and b.owner_id = (select readable_owner(:book, :caller))
        and b.deleted_at is null
      """;

  static final String MET =
      EntitiesMet.ALL
          + """
          , near as (
            select entity, count(*)::integer as mention_count
            from entity_mention
            where book_id = :book and owner_id = :owner
              and book_start >= :chapterStart and book_start < :upTo
            group by entity),
          chosen as (
            select m.*, coalesce(n.mention_count, 0) as near
            from met m
            left join near n on n.entity = m.ordinal
            order by (n.entity is not null) desc, m.rank, m.display_name, m.ordinal
            limit :limit)
          select c.*, l.chapter, l.start_offset, l.end_offset
          from chosen c
          cross join lateral (
            select chapter, start_offset, end_offset
            from entity_mention
            where book_id = :book and owner_id = :owner and entity = c.ordinal
              and book_start < :upTo
            order by book_start desc
            limit 1) l
          order by (c.near > 0) desc, c.rank, c.display_name, c.ordinal
          """;

  /** Where the reader of a book is; empty when the caller may not read it. */
  Optional<Place> place(Handle handle, UUID caller, UUID book, long upTo) {
    return handle
        .createQuery(PLACE)
        .bind("book", book)
        .bind("caller", caller)
        .bind("upTo", upTo)
        .map(
            (row, _) ->
                new Place(
                    row.getObject("owner_id", UUID.class),
                    row.getLong("code_points"),
                    row.getInt("ordinal"),
                    row.getLong("start_offset")))
        .findOne();
  }

  /** Those named in the reader's chapter first, then the others, the most named first. */
  List<Met> met(Handle handle, UUID owner, UUID book, long upTo, Place place, int limit) {
    return handle
        .createQuery(MET)
        .bind("book", book)
        .bind("owner", owner)
        .bind("upTo", upTo)
        .bind("chapterStart", place.chapterStart())
        .bind("limit", limit)
        .map(
            (row, _) ->
                new Met(
                    EntityStore.found(row, book),
                    row.getInt("near"),
                    Rows.range(row, book, "chapter", "start_offset", "end_offset")))
        .list();
  }
}
