package dev.scriptorium.loadtest.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Books that can be read and searched: with packs among the server's blobs. */
final class ReadableLibrary {
  /** Chapters of a book. */
  static final int CHAPTERS = 20;

  private static final int TEXTS = 40;
  private static final int WORDS_OF_CHAPTER = 2200;
  private static final int VOCABULARY = 12_000;
  private static final long SEED = 7;

  private final Connection connection;
  private final UUID owner;
  private final Path blobs;
  private final Random random = new Random(SEED);

  ReadableLibrary(Connection connection, UUID owner, Path blobs) {
    this.connection = connection;
    this.owner = owner;
    this.blobs = blobs;
  }

  /**
   * Adds books; there are forty different texts among them.
   *
   * @return their ids
   */
  List<UUID> add(int books) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create temp table text (pack int, ordinal int, sha256 text, pack_size bigint,"
              + " pack_offset bigint, pack_length int, length int, words tsvector)");
      for (int i = 0; i < TEXTS; i++) {
        text(i);
      }
      statement.execute(
          INSERT
              .replace("BOOKS", Integer.toString(books))
              .replace("TEXTS", Integer.toString(TEXTS))
              .replace("OWNER", owner.toString()));
      List<UUID> ids = ids(statement);
      statement.execute("drop table text; drop table readable; analyze");
      return ids;
    }
  }

  /** A word of the vocabulary; low numbers are common in the texts. */
  static String word(int number) {
    StringBuilder word = new StringBuilder();
    for (int rest = number + 40; rest > 0; rest /= 20) {
      word.append("bcdfghklmnprstvwz".charAt(rest % 17)).append("aeiou".charAt(rest % 5));
    }
    return word.toString();
  }

  private void text(int number) throws SQLException, IOException {
    Pack pack = new Pack();
    for (int i = 0; i < CHAPTERS; i++) {
      pack.add(chapter());
    }
    String hash = pack.store(blobs);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into text values (?, ?, ?, ?, ?, ?, ?, to_tsvector(text_config('en'), ?))")) {
      int ordinal = 0;
      for (Pack.Piece piece : pack.pieces()) {
        insert.setInt(1, number);
        insert.setInt(2, ++ordinal);
        insert.setString(3, hash);
        insert.setLong(4, pack.size());
        insert.setLong(5, piece.offset());
        insert.setInt(6, piece.length());
        insert.setInt(7, piece.text().length());
        insert.setString(8, piece.text());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  // Words as often as in a language: the n-th most common one n times more rarely than the first.
  private String chapter() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= WORDS_OF_CHAPTER; i++) {
      int number = (int) Math.exp(random.nextDouble() * Math.log(VOCABULARY)) - 1;
      text.append(word(number)).append(i % 120 == 0 ? ".\n\n" : i % 12 == 0 ? ". " : " ");
    }
    return text.toString().strip();
  }

  private static List<UUID> ids(Statement statement) throws SQLException {
    List<UUID> ids = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("select book_id from readable")) {
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
    }
    return ids;
  }

  private static final String INSERT =
      """
      create temp table readable as
        select gen_random_uuid() as book_id, 'OWNER'::uuid as owner_id, n % TEXTS as pack, n
        from generate_series(1, BOOKS) as s (n);
      insert into book (book_id, owner_id, title, language, chapter_count, word_count, code_points,
          created_at, updated_at)
        select book_id, owner_id, 'Readable ' || n, array['en'], 20, 44000, 260000, now(), now()
        from readable;
      insert into book_file (book_id, owner_id, sha256, size_bytes, file_name, media_type)
        select book_id, owner_id, encode(sha256(('readable ' || n)::bytea), 'hex'), 1, 'a',
          'application/epub+zip' from readable;
      insert into book_stage (book_id, tier, owner_id, state, ended_at)
        select book_id, t, owner_id, 'DONE', now() from readable, generate_series(1, 3) as t;
      insert into book_pack (book_id, tier, owner_id, sha256, size_bytes)
        select book_id, 2, owner_id, t.sha256, t.pack_size
        from readable r join text t on t.pack = r.pack and t.ordinal = 1;
      insert into chapter (book_id, ordinal, owner_id, title, source, word_count, code_points,
          start_offset, language, linear, first_page, last_page, pack_offset, pack_length, sha256)
        select book_id, ordinal, owner_id, 'Chapter ' || ordinal, 'x', 2200, length,
          (ordinal - 1) * 13000, '', true, 0, 0, pack_offset, pack_length, repeat('0', 64)
        from readable join text using (pack);
      insert into chapter_text (book_id, ordinal, start_offset, owner_id, end_offset, language, words)
        select book_id, ordinal, 0, owner_id, length, 'en', words
        from readable join text using (pack);
      """;
}
