package dev.scriptorium.server.analysis;

import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.ChapterMentions;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.Mention;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Statements that list characters and places and where they are named. Thread-safe. */
final class EntityStore {
  /** Where a page of entities begins: behind this one. */
  record EntityKey(long rank, String displayName, long ordinal) {
    static final EntityKey START = new EntityKey(Integer.MIN_VALUE, "", 0);
  }

  /**
   * @param entity as the API shows it
   * @param key its place in the list
   */
  record FoundEntity(Entity entity, EntityKey key) {
    int ordinal() {
      return (int) key.ordinal();
    }
  }

  /**
   * @param mention as the API shows it
   * @param ordinal its number among those of the entity
   */
  record FoundMention(Mention mention, long ordinal) {}

  static final String ENTITIES =
      """
      select ordinal, type, display_name, alias, mention_count, first_chapter, first_start,
        first_end, rank
      from entity
      where book_id = :book and owner_id = :owner
        and (:type = 0 or type = :type)
        and (rank, display_name, ordinal) > (:rank, :name, :ordinal)
      order by rank, display_name, ordinal
      limit :limit
      """;

  static final String ENTITIES_UP_TO =
      EntitiesMet.ALL
          + """
          select * from met
          where (:type = 0 or type = :type)
            and (rank, display_name, ordinal) > (:rank, :name, :ordinal)
          order by rank, display_name, ordinal
          limit :limit
          """;

  static final String ENTITY =
      """
      select ordinal, type, display_name, alias, mention_count, first_chapter, first_start,
        first_end, rank
      from entity
      where book_id = :book and owner_id = :owner and ordinal = :entity
      """;

  static final String ENTITY_UP_TO = EntitiesMet.ONE + "select * from met";

  static final String MENTIONS =
      """
      select ordinal, chapter, start_offset, end_offset, book_start
      from entity_mention
      where book_id = :book and owner_id = :owner and entity = :entity
        and (:chapter = 0 or chapter = :chapter)
        and book_start < :upTo
        and ordinal > :after
      order by ordinal
      limit :limit
      """;

  static final String CHAPTERS =
      """
      select chapter, count(*)::integer as mention_count
      from entity_mention
      where book_id = :book and owner_id = :owner and entity = :entity and book_start < :upTo
      group by chapter
      order by chapter
      """;

  /**
   * Whose rows a caller sees of a book: its owner; empty when the caller may not read it, or when
   * it is deleted.
   */
  Optional<UUID> owner(Handle handle, UUID caller, UUID book) {
    return handle
        .createQuery(
            """
            select owner_id from book
            where book_id = :book and owner_id = (select readable_owner(:book, :caller))
              and deleted_at is null
            """)
        .bind("book", book)
        .bind("caller", caller)
        .mapTo(UUID.class)
        .findOne();
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

  /**
   * One entity; empty when there is none.
   *
   * @param cut true: as the book stands before {@code upTo}
   */
  Optional<FoundEntity> find(
      Handle handle, UUID owner, BookName.Entity name, boolean cut, long upTo) {
    Query query =
        cut ? handle.createQuery(ENTITY_UP_TO).bind("upTo", upTo) : handle.createQuery(ENTITY);
    return named(query, owner, name).map((row, _) -> found(row, name.book())).findOne();
  }

  /**
   * Mentions of an entity in reading order.
   *
   * @param chapter ordinal; 0 for all
   * @param upTo book offset before which a mention begins
   * @param after ordinal of the mention before the page; 0 for none
   */
  List<FoundMention> mentions(
      Handle handle,
      UUID owner,
      BookName.Entity name,
      int chapter,
      long upTo,
      long after,
      int limit) {
    return named(handle.createQuery(MENTIONS), owner, name)
        .bind("chapter", chapter)
        .bind("upTo", upTo)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, _) -> mention(row, name.book()))
        .list();
  }

  /** How often an entity is named in each chapter, before an offset. */
  List<ChapterMentions> chapters(Handle handle, UUID owner, BookName.Entity name, long upTo) {
    return named(handle.createQuery(CHAPTERS), owner, name)
        .bind("upTo", upTo)
        .map(
            (row, _) ->
                ChapterMentions.newBuilder()
                    .setChapter(new BookName(name.book()).chapter(row.getInt("chapter")))
                    .setMentionCount(row.getInt("mention_count"))
                    .build())
        .list();
  }

  /** An entity from a row with the columns of {@link #ENTITIES}. */
  static FoundEntity found(ResultSet row, UUID book) throws SQLException {
    int ordinal = row.getInt("ordinal");
    String displayName = row.getString("display_name");
    Entity.Builder entity =
        Entity.newBuilder()
            .setName(new BookName(book).entity(ordinal))
            .setType(EntityType.forNumber(row.getInt("type")))
            .setDisplayName(displayName)
            .addAllAliases(Rows.strings(row, "alias"))
            .setMentionCount(row.getInt("mention_count"));
    if (row.getInt("first_chapter") > 0) {
      entity.setFirstMention(Rows.range(row, book, "first_chapter", "first_start", "first_end"));
    }
    return new FoundEntity(entity.build(), new EntityKey(row.getInt("rank"), displayName, ordinal));
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
        .map((row, _) -> found(row, book))
        .list();
  }

  private static Query named(Query query, UUID owner, BookName.Entity name) {
    return query.bind("book", name.book()).bind("owner", owner).bind("entity", name.ordinal());
  }

  private static FoundMention mention(ResultSet row, UUID book) throws SQLException {
    Mention mention =
        Mention.newBuilder()
            .setRange(Rows.range(row, book, "chapter", "start_offset", "end_offset"))
            .setOffset(row.getLong("book_start"))
            .build();
    return new FoundMention(mention, row.getLong("ordinal"));
  }
}
