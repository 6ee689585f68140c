package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.filter.Condition;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The statement that lists books, in any order and with any filter. Thread-safe. */
final class BookListStore {
  /**
   * A book of a list.
   *
   * @param key with its id, what the next page begins behind
   */
  record Listed(StoredBook book, String key) {}

  /**
   * What a page begins behind.
   *
   * @param key of the order
   */
  record Place(String key, UUID book) {}

  /**
   * A collection.
   *
   * @param owner whose it is, and its books
   */
  record Shelf(UUID collection, UUID owner) {}

  /**
   * Which books, in which order.
   *
   * @param shelf the collection they are in; null for all of the caller
   * @param deletedToo true for all, false for those that are not deleted
   */
  record Selection(Condition filter, BookOrder order, boolean deletedToo, @Nullable Shelf shelf) {}

  private static final String OWN = "book x where x.owner_id = :owner";
  // Looked up row by row, so that a page reads no more of a collection than it shows.
  private static final String ON_SHELF =
      """
      collection_book m
        cross join lateral (
          select * from book y
          where y.book_id = m.book_id and y.owner_id = m.owner_id
          limit 1) x
        where m.owner_id = :shelfOwner and m.collection_id = :collection\
      """;

  private final BookRow row = new BookRow();

  /**
   * One page.
   *
   * @param behind null for the first
   * @param limit at most 1001
   */
  List<Listed> list(
      Handle handle, UUID owner, Selection selection, @Nullable Place behind, int limit) {
    Query query =
        handle
            .createQuery(sql(selection, behind != null))
            .bind("owner", owner)
            .bind("limit", limit);
    if (behind != null) {
      query.bind("after", behind.book());
      query.bind("key", behind.key());
    }
    Shelf shelf = selection.shelf();
    if (shelf != null) {
      query.bind("shelfOwner", shelf.owner()).bind("collection", shelf.collection());
    }
    selection.filter().parameters().forEach(query::bind);
    return query
        .map(
            (columns, context) ->
                new Listed(row.map(columns, context), columns.getString("order_key")))
        .list();
  }

  private static String sql(Selection selection, boolean behind) {
    BookOrder order = selection.order();
    return BookStore.SELECT
        + ", b.order_key from (select x.*, "
        + (selection.shelf() == null ? "" : "m.place, ")
        + order.key()
        + " as order_key from "
        + (selection.shelf() == null ? OWN : ON_SHELF)
        + (selection.deletedToo() ? "" : " and x.deleted_at is null")
        + (behind ? " and " + order.behind() : "")
        + " and "
        + selection.filter().sql()
        + " order by "
        + order.by("x")
        + " limit :limit) b "
        + BookStore.JOINS
        + " order by "
        + order.by("b");
  }
}
