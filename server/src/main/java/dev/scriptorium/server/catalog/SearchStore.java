package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Statements that find books and places in their texts. Thread-safe. */
final class SearchStore {
  /**
   * A stretch of a chapter that has what was asked for.
   *
   * @param chapterStart offset of the chapter in the book
   * @param start first code point of the stretch in the chapter
   * @param end one past the last
   * @param language as the text was cut into words
   * @param content where the chapter's text lies
   */
  record Found(
      UUID book,
      int ordinal,
      String bookTitle,
      String chapterTitle,
      long chapterStart,
      int start,
      int end,
      String language,
      double score,
      PieceStore.Piece content) {}

  /**
   * Books by words.
   *
   * @param owner whose books, the transaction's
   * @param query what they must have
   * @return scores by book, best first
   */
  Map<UUID, Double> byWords(Handle handle, UUID owner, TitleQuery query, int limit) {
    return scores(
        handle
            .createQuery(
                """
                select book_id, score
                from search_books_by_words(:query::tsquery, :owned::tsquery, :limit)
                """)
            .bind("query", query.text(""))
            .bind("owned", query.text(owner.toString()))
            .bind("limit", limit));
  }

  /**
   * Words of the caller's books that are spelled like these.
   *
   * @param most of each
   * @return by the place of the word that they are like, best first
   */
  Map<Integer, List<String>> similarWords(Handle handle, List<String> words, int most) {
    Map<Integer, List<String>> similar = new HashMap<>();
    handle
        .createQuery("select place, word from similar_title_words(:words, :most)")
        .bindArray("words", String.class, words)
        .bind("most", most)
        .map((row, _) -> Map.entry(row.getInt("place") - 1, row.getString("word")))
        .forEach(
            each ->
                similar
                    .computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
                    .add(each.getValue()));
    return similar;
  }

  /** Books that are spelled alike, as {@link #byWords}. */
  Map<UUID, Double> byLikeness(Handle handle, String query, int limit) {
    return scores(
        handle
            .createQuery(
                "select book_id, score from search_books_by_likeness(fold(:query), :limit)")
            .bind("query", query)
            .bind("limit", limit));
  }

  private static Map<UUID, Double> scores(Query query) {
    Map<UUID, Double> scores = new LinkedHashMap<>();
    query
        .map((row, _) -> Map.entry(row.getObject(1, UUID.class), (double) row.getFloat(2)))
        .forEach(hit -> scores.put(hit.getKey(), hit.getValue()));
    return scores;
  }

  /**
   * Stretches of text, best first.
   *
   * @param book the only one to look into; null for all
   */
  List<Found> texts(Handle handle, String query, @Nullable UUID book, int limit, int skipped) {
    return handle
        .createQuery(
            """
            select s.book_id, s.ordinal, s.start_offset, s.end_offset, s.language, s.score,
              b.title as book_title, c.title as chapter_title, c.start_offset as chapter_start,
              c.pack_offset, c.pack_length, c.sha256, p.sha256 as pack
            from search_texts(:query, :book::uuid, :limit, :skipped) s
            cross join lateral (
              select x.title from book x where x.book_id = s.book_id limit 1) b
            cross join lateral (
              select x.title, x.start_offset, x.pack_offset, x.pack_length, x.sha256
              from chapter x where x.book_id = s.book_id and x.ordinal = s.ordinal limit 1) c
            cross join lateral (
              select x.sha256 from book_pack x where x.book_id = s.book_id and x.tier = 2 limit 1) p
            order by s.score desc, s.book_id desc, s.ordinal, s.start_offset
            """)
        .bind("query", query)
        .bind("book", book)
        .bind("limit", limit)
        .bind("skipped", skipped)
        .map((row, _) -> found(row))
        .list();
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(
        row.getObject("book_id", UUID.class),
        row.getInt("ordinal"),
        row.getString("book_title"),
        row.getString("chapter_title"),
        row.getLong("chapter_start"),
        row.getInt("start_offset"),
        row.getInt("end_offset"),
        row.getString("language"),
        row.getDouble("score"),
        new PieceStore.Piece(
            "",
            "",
            new Sha256(row.getString("pack")),
            row.getLong("pack_offset"),
            row.getInt("pack_length"),
            row.getString("sha256")));
  }

  /**
   * Those of some words that a query means.
   *
   * @param languages one for each word
   * @return language and word, separated by a blank
   */
  Set<String> meant(Handle handle, String query, List<String> languages, List<String> words) {
    return new HashSet<>(
        handle
            .createQuery(
                """
                select w.language || ' ' || m
                from (
                  select language, array_agg(word) as words
                  from unnest(:languages::text[], :words::text[]) as x (language, word)
                  group by language) w
                cross join lateral words_of_query(:query, w.language, w.words) m
                """)
            .bind("query", query)
            .bind("languages", languages.toArray(String[]::new))
            .bind("words", words.toArray(String[]::new))
            .mapTo(String.class)
            .list());
  }

  /** The words and word stems of a query, without accents, as Postgres takes it. */
  List<String> stems(Handle handle, String query) {
    return handle
        .createQuery(
            """
            select distinct v.lexeme
            from unnest(to_tsvector('simple',
              translate(text_query(:query)::text, '''&|!()<->', '         '))) v
            """)
        .bind("query", query)
        .mapTo(String.class)
        .list();
  }
}
