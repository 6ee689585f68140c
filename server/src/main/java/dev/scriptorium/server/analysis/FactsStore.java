package dev.scriptorium.server.analysis;

import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.AnalysisRun;
import dev.scriptorium.v1.ChapterFacts;
import dev.scriptorium.v1.Keyword;
import dev.scriptorium.v1.Readability;
import dev.scriptorium.v1.TextFacts;
import dev.scriptorium.worker.v1.FactsResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Statements on the figures of texts. Thread-safe. */
final class FactsStore {
  /** Stands for the whole book where chapters are numbered. */
  static final int BOOK = 0;

  /**
   * @param chapter ordinal; {@link #BOOK} for the whole book
   * @param bookEnd book offset at which it ends
   */
  record PlacedFacts(int chapter, long bookEnd, FactsResult facts) {}

  private static final int MAX_KEYWORDS = 20;
  private static final int MAX_FORMULAS = 20;

  /**
   * What is known of a whole book.
   *
   * @param facts empty before the analysis has ended
   * @param run how it was analyzed; empty when nobody has said
   */
  record OfBook(Optional<TextFacts> facts, Optional<AnalysisRun> run) {}

  private static final String COLUMNS =
      """
      select chapter, language, word_count, sentence_count, reading_seconds, difficulty, formula,
        formula_value, keyword, keyword_count
      """;

  private static final String OF_BOOK =
      COLUMNS
          + ", "
          + RunStore.COLUMNS
          + """
          from (select cast(:book as uuid) as book_id, cast(:owner as uuid) as owner_id) w
          left join text_facts f
            on f.book_id = w.book_id and f.owner_id = w.owner_id and f.chapter = 0
          left join analysis_run r on r.book_id = w.book_id and r.owner_id = w.owner_id
          """;

  static final String OF_CHAPTERS =
      COLUMNS
          + """
          from text_facts
          where book_id = :book and owner_id = :owner
            and chapter > :after and book_end <= :upTo and word_count > 0
          order by chapter
          limit :limit
          """;

  static final String KEYWORDS_UP_TO =
      """
      select k.word, sum(k.count)::integer as total
      from text_facts f
      cross join lateral unnest(f.keyword, f.keyword_count) as k (word, count)
      where f.book_id = :book and f.owner_id = :owner and f.chapter > 0 and f.book_end <= :upTo
      group by k.word
      order by total desc, k.word collate "C"
      limit :limit
      """;

  /** Figures of the whole book, and how they were made. */
  OfBook book(Handle handle, UUID owner, UUID book) {
    return handle
        .createQuery(OF_BOOK)
        .bind("book", book)
        .bind("owner", owner)
        .map((row, _) -> ofBook(row))
        .one();
  }

  private static OfBook ofBook(ResultSet row) throws SQLException {
    boolean known = row.getString("language") != null;
    boolean said = row.getString("plugin") != null;
    return new OfBook(
        known ? Optional.of(facts(row)) : Optional.empty(),
        said ? Optional.of(RunStore.run(row)) : Optional.empty());
  }

  /**
   * Figures of chapters in reading order.
   *
   * @param upTo greatest book offset at which a chapter may end
   * @param after ordinal of the chapter before the page; 0 for none
   */
  List<ChapterFacts> chapters(
      Handle handle, UUID owner, UUID book, long upTo, long after, int limit) {
    return handle
        .createQuery(OF_CHAPTERS)
        .bind("book", book)
        .bind("owner", owner)
        .bind("upTo", upTo)
        .bind("after", after)
        .bind("limit", limit)
        .map(
            (row, _) ->
                ChapterFacts.newBuilder()
                    .setChapter(new BookName(book).chapter(row.getInt("chapter")))
                    .setFacts(facts(row))
                    .build())
        .list();
  }

  /** Keywords of the chapters that end by an offset, the most frequent first. */
  List<Keyword> keywords(Handle handle, UUID owner, UUID book, long upTo) {
    return handle
        .createQuery(KEYWORDS_UP_TO)
        .bind("book", book)
        .bind("owner", owner)
        .bind("upTo", upTo)
        .bind("limit", MAX_KEYWORDS)
        .map(
            (row, _) ->
                Keyword.newBuilder()
                    .setWord(row.getString("word"))
                    .setCount(row.getInt("total"))
                    .build())
        .list();
  }

  /** Forgets those of the job's book. */
  void delete(Handle handle, Job job) {
    handle
        .createUpdate("delete from text_facts where book_id = :book and owner_id = :owner")
        .bind("book", job.book())
        .bind("owner", job.owner())
        .execute();
  }

  /** Adds to those of the job's book. */
  void insert(Handle handle, Job job, List<PlacedFacts> rows) {
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into text_facts (book_id, chapter, owner_id, book_end, language, word_count,
              sentence_count, reading_seconds, difficulty, formula, formula_value, keyword,
              keyword_count)
            values (:book, :chapter, :owner, :bookEnd, :language, :words, :sentences, :seconds,
              :difficulty, :formulas, :values, :keywords, :counts)
            """)) {
      for (PlacedFacts row : rows) {
        FactsResult facts = row.facts();
        List<Readability> formulas =
            facts.getReadabilityList().stream().limit(MAX_FORMULAS).toList();
        List<Keyword> keywords = facts.getKeywordsList().stream().limit(MAX_KEYWORDS).toList();
        batch
            .bind("book", job.book())
            .bind("owner", job.owner())
            .bind("chapter", row.chapter())
            .bind("bookEnd", row.bookEnd())
            .bind("language", facts.getLanguage())
            .bind("words", facts.getWords())
            .bind("sentences", facts.getSentences())
            .bind("seconds", facts.getReadingSeconds())
            .bind("difficulty", difficulty(facts))
            .bind("formulas", formulas.stream().map(Readability::getFormula).toArray(String[]::new))
            .bind("values", formulas.stream().map(Readability::getValue).toArray(Double[]::new))
            .bind("keywords", keywords.stream().map(Keyword::getWord).toArray(String[]::new))
            .bind("counts", keywords.stream().map(Keyword::getCount).toArray(Integer[]::new))
            .add();
      }
      batch.execute();
    }
  }

  private static @Nullable Double difficulty(FactsResult facts) {
    return facts.hasDifficulty() ? (Double) facts.getDifficulty() : null;
  }

  private static TextFacts facts(ResultSet row) throws SQLException {
    TextFacts.Builder facts =
        TextFacts.newBuilder()
            .setLanguage(row.getString("language"))
            .setWordCount(row.getLong("word_count"))
            .setSentenceCount(row.getLong("sentence_count"))
            .setReadingSeconds(row.getLong("reading_seconds"));
    double difficulty = row.getDouble("difficulty");
    if (!row.wasNull()) {
      facts.setDifficulty(difficulty);
    }
    List<String> formulas = Rows.strings(row, "formula");
    Double[] values = (Double[]) row.getArray("formula_value").getArray();
    for (int i = 0; i < values.length; i++) {
      facts.addReadability(
          Readability.newBuilder().setFormula(formulas.get(i)).setValue(values[i]));
    }
    List<String> words = Rows.strings(row, "keyword");
    Integer[] counts = (Integer[]) row.getArray("keyword_count").getArray();
    for (int i = 0; i < counts.length; i++) {
      facts.addKeywords(Keyword.newBuilder().setWord(words.get(i)).setCount(counts[i]));
    }
    return facts.build();
  }
}
