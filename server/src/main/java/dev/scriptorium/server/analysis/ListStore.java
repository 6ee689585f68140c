package dev.scriptorium.server.analysis;

import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.PassageType;
import dev.scriptorium.v1.TextRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Statements that list what was found in a book. Thread-safe. */
final class ListStore {
  /**
   * Which passages.
   *
   * @param type number of the type; 0 for all
   * @param maxRank 100 less the lowest priority
   * @param chapter ordinal; 0 for all
   * @param upTo greatest book offset at which a passage may end
   */
  record PassageFilter(int type, int maxRank, int chapter, long upTo) {}

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

  /** Where a page of entities begins: behind this one. */
  record EntityKey(long rank, String displayName, long ordinal) {
    static final EntityKey START = new EntityKey(Integer.MIN_VALUE, "", 0);
  }

  /**
   * @param entity as the API shows it
   * @param key its place in the list
   */
  record FoundEntity(Entity entity, EntityKey key) {}

  private static final String PASSAGES =
      """
      select ordinal, type, chapter, start_offset, end_offset, book_start, body, rank, confidence,
        reason
      from passage
      where book_id = :book and owner_id = (select readable_owner(:book, :owner))
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

  static final String ENTITIES =
      """
      select ordinal, type, display_name, alias, mention_count, first_chapter, first_start,
        first_end, rank
      from entity
      where book_id = :book and owner_id = (select readable_owner(:book, :owner))
        and (:type = 0 or type = :type)
        and (rank, display_name, ordinal) > (:rank, :name, :ordinal)
      order by rank, display_name, ordinal
      limit :limit
      """;

  // Counted anew for every page: an offset is rarely asked for twice.
  static final String ENTITIES_UP_TO =
      """
      with counted as (
        select entity, count(*)::integer as mention_count, -count(*)::integer as rank
        from entity_mention
        where book_id = :book and owner_id = (select readable_owner(:book, :owner))
          and book_start < :upTo
        group by entity)
      select e.ordinal, e.type, e.display_name, e.alias, c.mention_count, e.first_chapter,
        e.first_start, e.first_end, c.rank
      from counted c
      join entity e on e.book_id = :book and e.ordinal = c.entity
        and e.owner_id = (select readable_owner(:book, :owner))
      where (:type = 0 or e.type = :type)
        and (c.rank, e.display_name, e.ordinal) > (:rank, :name, :ordinal)
      order by c.rank, e.display_name, e.ordinal
      limit :limit
      """;

  /** True when the caller may read the book and it is not deleted. */
  boolean bookExists(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(
            """
            select 1 from book
            where book_id = :book and owner_id = (select readable_owner(:book, :owner))
              and deleted_at is null
            """)
        .bind("book", book)
        .bind("owner", owner)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Passages by falling priority, then in reading order. */
  List<FoundPassage> byPriority(
      Handle handle, UUID owner, UUID book, PassageFilter filter, PassageKey after, int limit) {
    return passages(handle.createQuery(BY_PRIORITY).bind("rank", after.rank()), owner, book, filter)
        .bind("bookStart", after.bookStart())
        .bind("ordinal", after.ordinal())
        .bind("limit", limit)
        .map((row, _) -> passage(row, book))
        .list();
  }

  /** Passages in reading order. */
  List<FoundPassage> byPlace(
      Handle handle, UUID owner, UUID book, PassageFilter filter, PassageKey after, int limit) {
    return passages(handle.createQuery(BY_PLACE), owner, book, filter)
        .bind("bookStart", after.bookStart())
        .bind("ordinal", after.ordinal())
        .bind("limit", limit)
        .map((row, _) -> passage(row, book))
        .list();
  }

  /**
   * Entities by falling number of mentions, then by name.
   *
   * @param type number of the type; 0 for all
   */
  List<FoundEntity> entities(
      Handle handle, UUID owner, UUID book, int type, EntityKey after, int limit) {
    return entities(handle.createQuery(ENTITIES), owner, book, type, after, limit);
  }

  /** The same as the book stands before an offset. */
  List<FoundEntity> entitiesUpTo(
      Handle handle, UUID owner, UUID book, int type, long upTo, EntityKey after, int limit) {
    Query query = handle.createQuery(ENTITIES_UP_TO).bind("upTo", upTo);
    return entities(query, owner, book, type, after, limit);
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

  private static List<FoundEntity> entities(
      Query query, UUID owner, UUID book, int type, EntityKey after, int limit) {
    return query
        .bind("book", book)
        .bind("owner", owner)
        .bind("type", type)
        .bind("rank", after.rank())
        .bind("name", after.displayName())
        .bind("ordinal", after.ordinal())
        .bind("limit", limit)
        .map((row, _) -> entity(row, book))
        .list();
  }

  private static FoundPassage passage(ResultSet row, UUID book) throws SQLException {
    int ordinal = row.getInt("ordinal");
    int rank = row.getInt("rank");
    Passage passage =
        Passage.newBuilder()
            .setName(new BookName(book) + "/passages/" + ordinal)
            .setType(PassageType.forNumber(row.getInt("type")))
            .setRange(range(row, book, "chapter", "start_offset", "end_offset"))
            .setText(row.getString("body"))
            .setPriority(100 - rank)
            .setConfidence(row.getDouble("confidence"))
            .addAllReasons(strings(row, "reason"))
            .build();
    return new FoundPassage(passage, new PassageKey(rank, row.getLong("book_start"), ordinal));
  }

  private static FoundEntity entity(ResultSet row, UUID book) throws SQLException {
    int ordinal = row.getInt("ordinal");
    String displayName = row.getString("display_name");
    Entity.Builder entity =
        Entity.newBuilder()
            .setName(new BookName(book) + "/entities/" + ordinal)
            .setType(EntityType.forNumber(row.getInt("type")))
            .setDisplayName(displayName)
            .addAllAliases(strings(row, "alias"))
            .setMentionCount(row.getInt("mention_count"));
    if (row.getInt("first_chapter") > 0) {
      entity.setFirstMention(range(row, book, "first_chapter", "first_start", "first_end"));
    }
    return new FoundEntity(entity.build(), new EntityKey(row.getInt("rank"), displayName, ordinal));
  }

  private static TextRange range(ResultSet row, UUID book, String chapter, String start, String end)
      throws SQLException {
    return TextRange.newBuilder()
        .setChapter(new BookName(book).chapter(row.getInt(chapter)))
        .setStart(row.getInt(start))
        .setEnd(row.getInt(end))
        .build();
  }

  private static List<String> strings(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
