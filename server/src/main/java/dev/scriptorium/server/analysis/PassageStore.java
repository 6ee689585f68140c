package dev.scriptorium.server.analysis;

import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.PassageType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Statements that list passages. Thread-safe. */
final class PassageStore {
  /**
   * Which passages.
   *
   * @param type number of the type; 0 for all
   * @param maxRank 100 less the lowest priority
   * @param chapter ordinal; 0 for all
   * @param upTo greatest book offset at which a passage may end
   */
  record PassageFilter(int type, int maxRank, int chapter, long upTo) {
    /** All that end by an offset. */
    static PassageFilter before(long upTo) {
      return new PassageFilter(0, 100, 0, upTo);
    }
  }

  /**
   * Where a page of passages begins: behind this one.
   *
   * @param rank 100 less its priority
   * @param bookStart where it stands in the book
   * @param ordinal its number
   */
  record PassageKey(long rank, long bookStart, long ordinal) {
    static final PassageKey START = new PassageKey(-1, -1, 0);
  }

  /**
   * @param passage as the API shows it
   * @param key its place in the list
   */
  record FoundPassage(Passage passage, PassageKey key) {}

  private record Description(int entity, Passage passage) {}

  private static final String PASSAGES =
      """
      select ordinal, type, chapter, start_offset, end_offset, book_start, body, rank, confidence,
        reason, other_type
      from passage
      where book_id = :book and owner_id = :owner
        and (:type = 0 or type = :type)
        and rank <= :maxRank
        and (:chapter = 0 or chapter = :chapter)
        and book_end <= :upTo
      """;

  static final String BY_PRIORITY =
      PASSAGES
          + """
          and (rank, book_start, ordinal) > (:rank, :bookStart, :ordinal)
          order by rank, book_start, ordinal
          limit :limit
          """;

  static final String BY_PLACE =
      PASSAGES
          + """
          and (book_start, ordinal) > (:bookStart, :ordinal)
          order by book_start, ordinal
          limit :limit
          """;

  // Passages of the entity's own type come first: type 2, character, for entities of type 1, and
  // type 1, location, for those of type 2. Who else is named in a passage makes it tell less.
  static final String DESCRIPTIONS =
      """
      with named as (
        select p.ordinal as passage, m.entity
        from passage p
        join entity_mention m on m.book_id = p.book_id and m.owner_id = p.owner_id
          and m.book_start >= p.book_start and m.book_start < p.book_end
        where p.book_id = :book and p.owner_id = :owner and p.book_end <= :upTo
        group by p.ordinal, m.entity),
      company as (
        select passage, count(*) - 1 as others from named group by passage)
      select distinct on (n.entity) n.entity, p.ordinal, p.type, p.chapter, p.start_offset,
        p.end_offset, p.book_start, p.body, p.rank, p.confidence, p.reason, p.other_type
      from named n
      join company c on c.passage = n.passage
      join passage p on p.book_id = :book and p.owner_id = :owner and p.ordinal = n.passage
      join entity e on e.book_id = :book and e.owner_id = :owner and e.ordinal = n.entity
      where n.entity = any(:entities)
      order by n.entity, (p.type = 3 - e.type) desc, p.rank + 5 * c.others, p.book_start, p.ordinal
      """;

  /** Passages by falling priority, then in reading order. */
  List<FoundPassage> byPriority(
      Handle handle, UUID owner, UUID book, PassageFilter filter, PassageKey after, int limit) {
    return passages(handle.createQuery(BY_PRIORITY).bind("rank", after.rank()), owner, book, filter)
        .bind("bookStart", after.bookStart())
        .bind("ordinal", after.ordinal())
        .bind("limit", limit)
        .map((row, _) -> found(row, book))
        .list();
  }

  /** Passages in reading order. */
  List<FoundPassage> byPlace(
      Handle handle, UUID owner, UUID book, PassageFilter filter, PassageKey after, int limit) {
    return passages(handle.createQuery(BY_PLACE), owner, book, filter)
        .bind("bookStart", after.bookStart())
        .bind("ordinal", after.ordinal())
        .bind("limit", limit)
        .map((row, _) -> found(row, book))
        .list();
  }

  /**
   * For each of these entities the passage that describes it best; none for one that no passage
   * names.
   *
   * @param entities ordinals, at most 100
   * @param upTo greatest book offset at which a passage may end
   */
  Map<Integer, Passage> descriptions(
      Handle handle, UUID owner, UUID book, List<Integer> entities, long upTo) {
    return handle
        .createQuery(DESCRIPTIONS)
        .bind("book", book)
        .bind("owner", owner)
        .bind("upTo", upTo)
        .bind("entities", entities.toArray(Integer[]::new))
        .map((row, _) -> new Description(row.getInt("entity"), passage(row, book)))
        .list()
        .stream()
        .collect(Collectors.toMap(Description::entity, Description::passage));
  }

  private static Query passages(Query query, UUID owner, UUID book, PassageFilter filter) {
    return query
        .bind("book", book)
        .bind("owner", owner)
        .bind("type", filter.type())
        .bind("maxRank", filter.maxRank())
        .bind("chapter", filter.chapter())
        .bind("upTo", filter.upTo());
  }

  private static FoundPassage found(ResultSet row, UUID book) throws SQLException {
    PassageKey key =
        new PassageKey(row.getInt("rank"), row.getLong("book_start"), row.getInt("ordinal"));
    return new FoundPassage(passage(row, book), key);
  }

  private static Passage passage(ResultSet row, UUID book) throws SQLException {
    Passage.Builder passage =
        Passage.newBuilder()
            .setName("books/" + book + "/passages/" + row.getInt("ordinal"))
            .setType(PassageType.forNumber(row.getInt("type")))
            .setRange(Rows.range(row, book, "chapter", "start_offset", "end_offset"))
            .setText(row.getString("body"))
            .setPriority(100 - row.getInt("rank"))
            .setConfidence(row.getDouble("confidence"))
            .addAllReasons(Rows.strings(row, "reason"));
    for (Object other : (Object[]) row.getArray("other_type").getArray()) {
      passage.addOtherTypesValue(((Number) other).intValue());
    }
    return passage.build();
  }
}
