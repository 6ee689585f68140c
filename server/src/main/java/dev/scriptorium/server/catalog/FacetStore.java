package dev.scriptorium.server.catalog;

import dev.scriptorium.server.catalog.filter.Condition;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The statement that counts values of books. Thread-safe. */
final class FacetStore {
  /**
   * Books with a value.
   *
   * @param facet name of the facet; empty for all books that were counted, and {@code SEEN} for
   *     those that were looked at
   */
  record Counted(String facet, String value, int books) {}

  /** The facet that tells how many books were looked at. */
  static final String SEEN = "SEEN";

  private static final String BOOKS =
      """
      with seen as materialized (
        select x.book_id, x.owner_id, x.title, x.contributor_name, x.language, x.series,
          x.publisher, x.subject, x.genre, x.word_count, x.page_count, x.chapter_count,
          x.created_at, x.updated_at, x.has_cover, x.code_points
        from book x
        where x.owner_id = :owner and x.deleted_at is null
        order by x.book_id desc
        limit :most),
      counted as materialized (
        select x.* from seen x where
      """;

  /**
   * Counts in one statement.
   *
   * @param most newest books that are looked at
   * @param values most of a facet
   */
  List<Counted> count(
      Handle handle, UUID owner, Condition filter, List<Facet> facets, int most, int values) {
    Query query =
        handle
            .createQuery(sql(filter, facets))
            .bind("owner", owner)
            .bind("most", most)
            .bind("values", values);
    filter.parameters().forEach(query::bind);
    return query
        .map(
            (row, _) ->
                new Counted(row.getString("facet"), row.getString("value"), row.getInt("books")))
        .list();
  }

  private static String sql(Condition filter, List<Facet> facets) {
    return BOOKS
        + filter.sql()
        + ")\nselect 'SEEN' as facet, '' as value, count(*)::integer as books, 0 as n from seen\n"
        + "union all select '', '', count(*)::integer, 0 from counted\n"
        + facets.stream().map(FacetStore::part).collect(Collectors.joining())
        + "order by facet, n";
  }

  private static String part(Facet facet) {
    return """
    union all select '%1$s', v.value, v.books, v.n::integer from (
      select d.value, count(*)::integer as books,
        row_number() over (order by count(*) desc, d.value collate "C") as n
      from counted x
      cross join lateral (select distinct w.value from %2$s as w (value)) d
      where d.value <> ''
      group by d.value
      order by n
      limit :values) v
    """
        .formatted(facet.name(), facet.source());
  }
}
