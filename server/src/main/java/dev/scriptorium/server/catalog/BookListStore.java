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
   * Which books, in which order.
   *
   * @param deletedToo true for all, false for those that are not deleted
   */
  record Selection(Condition filter, BookOrder order, boolean deletedToo) {}

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
        + order.key()
        + " as order_key from book x where x.owner_id = :owner"
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
