package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.Databases;
import dev.scriptorium.server.database.Login;
import dev.scriptorium.server.database.PoolSizes;
import dev.scriptorium.server.database.SlowStatementLog;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.BatchGetBooksRequest;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.CreateAnnotationRequest;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.DownloadBookRequest;
import dev.scriptorium.v1.GetBookFactsRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetCoverRequest;
import dev.scriptorium.v1.GetEntityRequest;
import dev.scriptorium.v1.GetXRayRequest;
import dev.scriptorium.v1.ListAnnotationsRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListChangesRequest;
import dev.scriptorium.v1.ListChaptersRequest;
import dev.scriptorium.v1.ListDeviceProgressRequest;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListMentionsRequest;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListProgressHistoryRequest;
import dev.scriptorium.v1.ListProgressRequest;
import dev.scriptorium.v1.ListSessionsRequest;
import dev.scriptorium.v1.PurgeBookRequest;
import dev.scriptorium.v1.ReanalyzeBookRequest;
import dev.scriptorium.v1.SearchBooksRequest;
import dev.scriptorium.v1.SearchTextRequest;
import dev.scriptorium.v1.UndeleteBookRequest;
import dev.scriptorium.v1.UpdateAnnotationRequest;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UploadHeader;
import dev.scriptorium.v1.View;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** No call and no result reads a large table from end to end: Postgres itself counts. */
class SequentialScanTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  // Often enough for every statement to be prepared and to get the plan it will keep.
  private static final int ROUNDS = 14;

  // One owner with 500 books among 4000.
  private static final String FILL =
      """
      set search_path = scriptorium, public;
      create temp table filled as
        select gen_random_uuid() as book_id,
          case when mod(n, 8) = 0 then 'OWNER'::uuid else 'OTHER'::uuid end as owner_id, n
        from generate_series(1, 4000) as s (n);
      insert into book (book_id, owner_id, title, created_at, updated_at)
        select book_id, owner_id, 'Book ' || n, now(), now() from filled;
      insert into book_file (book_id, owner_id, sha256, size_bytes, file_name, media_type)
        select book_id, owner_id, encode(sha256(n::text::bytea), 'hex'), 1, 'a', 'text/plain'
        from filled;
      insert into book_stage (book_id, tier, owner_id, state, ended_at)
        select book_id, t, owner_id, 'DONE', now() from filled, generate_series(1, 3) as t;
      insert into book_pack (book_id, tier, owner_id, sha256, size_bytes)
        select book_id, t, owner_id, encode(sha256((n + t * 10000)::text::bytea), 'hex'), 1
        from filled, generate_series(1, 2) as t;
      insert into chapter (book_id, ordinal, owner_id, title, source, word_count, code_points,
          start_offset, language, linear, first_page, last_page, pack_offset, pack_length, sha256)
        select book_id, c, owner_id, 'x', 'x', 1, 10, c * 10, '', true, 0, 0, 4, 1, 'x'
        from filled, generate_series(1, 5) as c;
      insert into chapter_note (book_id, chapter, ordinal, owner_id, label, reference_offset, body)
        select book_id, c, c, owner_id, '*', 0, 'x' from filled, generate_series(1, 3) as c;
      insert into book_image (book_id, tier, resource, owner_id, media_type, width, height,
          pack_offset, pack_length, sha256)
        select book_id, 1, 'cover' || c, owner_id, 'x', 0, 0, 4, 1, 'x'
        from filled, generate_series(1, 3) as c;
      insert into contents_entry (book_id, tier, ordinal, owner_id, title, depth, chapter,
          chapter_offset)
        select book_id, 2, c, owner_id, 'x', 0, 1, 0 from filled, generate_series(1, 5) as c;
      insert into book_warning (book_id, tier, ordinal, owner_id, reason, place, message)
        select book_id, 2, c, owner_id, 'X', 'x', 'x' from filled, generate_series(1, 3) as c;
      insert into source_position (book_id, ordinal, owner_id, chapter, chapter_offset, page_label,
          element_path)
        select book_id, c, owner_id, 1, 0, '', '' from filled, generate_series(1, 5) as c;
      insert into passage (book_id, ordinal, owner_id, type, chapter, start_offset, end_offset,
          book_start, book_end, body, rank, confidence, reason)
        select book_id, c, owner_id, 1, 1, c, c + 1, c, c + 1, 'x', c, 0, '{}'
        from filled, generate_series(1, 5) as c;
      insert into entity (book_id, ordinal, owner_id, type, display_name, alias, mention_count,
          first_chapter, first_start, first_end)
        select book_id, c, owner_id, 1, 'x' || c, '{}', c, 1, 0, 1
        from filled, generate_series(1, 5) as c;
      insert into entity_mention (book_id, entity, ordinal, owner_id, chapter, start_offset,
          end_offset, book_start)
        select book_id, c, 1, owner_id, 1, 0, 1, 0 from filled, generate_series(1, 5) as c;
      insert into quotation (book_id, entity, ordinal, owner_id, chapter, start_offset, end_offset,
          book_start, book_end, body)
        select book_id, c, 1, owner_id, 1, 0, 1, 0, 1, 'x' from filled, generate_series(1, 5) as c;
      insert into text_facts (book_id, chapter, owner_id, book_end, language, word_count,
          sentence_count, reading_seconds, formula, formula_value, keyword, keyword_count)
        select book_id, c, owner_id, c * 10, 'en', 1, 1, 1, '{}', '{}', '{x}', '{1}'
        from filled, generate_series(0, 5) as c;
      insert into progress_event (owner_id, book_id, device, base_revision, revision, book_offset,
          event_at, received_at, policy, outcome, request_id, request_hash)
        select owner_id, book_id, 'phone', 0, 1, 1, now(), now(), 'ASK', 'APPLIED',
          gen_random_uuid(), 'x'
        from filled;
      insert into progress_device_head (owner_id, book_id, device, event_id, revision, book_offset,
          event_at)
        select owner_id, book_id, 'phone', 1, 1, 1, now() from filled;
      insert into progress_head (owner_id, book_id, event_id, revision, book_offset, device,
          event_at, updated_at)
        select owner_id, book_id, 1, 1, 1, 'phone', now(), now() from filled;
      insert into annotation (annotation_id, owner_id, book_id, revision, type, start_offset,
          end_offset, exact, prefix, suffix, edition, anchor, color, note, tag, edited_at,
          edited_revision, edited_device, created_at, updated_at)
        select gen_random_uuid(), owner_id, book_id, 1, 'BOOKMARK', 1, 1, '', '', '', '', 'EXACT', '',
          '', '{}', array_fill(now(), array[5]), array_fill(1::bigint, array[5]),
          array_fill('x'::text, array[5]), now(), now()
        from filled;
      insert into reading_session (owner_id, session_id, book_id, device, started_at, ended_at,
          start_offset, end_offset, received_at)
        select owner_id, gen_random_uuid(), book_id, 'x', now() - n * interval '1 hour',
          now() - (n - 0.5) * interval '1 hour', 0, 1, now()
        from filled;
      insert into reading_quarter (owner_id, quarter_at, book_id, millis, code_points)
        select owner_id, date_bin('15 minutes', now() - n * interval '1 hour', '2000-01-01'), book_id,
          1, 1
        from filled;
      insert into chapter_text (book_id, ordinal, start_offset, owner_id, end_offset, language, words)
        select book_id, c, 0, owner_id, 10, 'en', to_tsvector('simple', 'mill ' || n)
        from filled, generate_series(1, 3) as c;
      insert into book_tag (owner_id, book_id, tag)
        select owner_id, book_id, 'tag ' || mod(n, 5) from filled;
      insert into book_sketch (book_id, owner_id, least)
        select book_id, owner_id, array(select n * 64 + i from generate_series(1, 64) as i) from filled;
      insert into book_band (book_id, owner_id, band)
        select book_id, owner_id, n / 2 * 16 + i from filled, generate_series(1, 16) as i;
      insert into upload (upload_id, owner_id, request_id, file_name, size_bytes, sha256, server,
          book_id, created_at, expires_at, finished_at)
        select book_id, owner_id, book_id, 'x', 1, '', 'x', book_id, now(), now() + interval '1 day',
          now()
        from filled;
      insert into book_edition (book_id, edition, owner_id, code_points, ended_at)
        select book_id, 'x', owner_id, 1, now() - interval '1 year' from filled;
      insert into book_file_history (book_id, sha256, owner_id, size_bytes, file_name, media_type,
          replaced_at)
        select book_id, encode(sha256((n + 50000)::text::bytea), 'hex'), owner_id, 1, 'x', 'x', now()
        from filled;
      insert into book_replacement (replacement_id, book_id, owner_id, sha256, size_bytes, file_name,
          media_type, state, created_at, ended_at)
        select book_id, book_id, owner_id, encode(sha256(n::text::bytea), 'hex'), 1, 'x', 'x', 'DONE',
          now(), now()
        from filled;
      insert into request (owner_id, method, request_id, request_hash, response, created_at)
        select owner_id, 'x', book_id, 'x', '', now() from filled;
      analyze;
      """;

  private static UUID owner;

  @BeforeAll
  static void fill() throws SQLException {
    owner = database.createAccount();
    String other = database.createAccount().toString();
    execute(FILL.replace("OWNER", owner.toString()).replace("OTHER", other));
  }

  @Test
  void noStatementReadsALargeTableFromEndToEnd() throws Exception {
    Map<String, Long> before = scans();

    exercise();

    Map<String, Long> after = scans();
    before.forEach((table, count) -> after.merge(table, -count, Long::sum));
    assertThat(after).hasSizeGreaterThan(15).allSatisfy((_, scans) -> assertThat(scans).isZero());
  }

  @Test
  void theCounterSeesASequentialScan() throws Exception {
    long before = scans().getOrDefault("entity_mention", 0L);

    execute("select count(*) from scriptorium.entity_mention where start_offset = 7");

    long after = before;
    for (int i = 0; i < 500 && after == before; i++) {
      LockSupport.parkNanos(10_000_000);
      after = scans().getOrDefault("entity_mention", 0L);
    }
    assertThat(after).isGreaterThan(before);
  }

  /** Every call and every result, on connections whose counts are final when it returns. */
  private void exercise() throws Exception {
    Set<Integer> others = sessions();
    SlowStatementLog log = new SlowStatementLog(new MetricRegistry(), Duration.ofSeconds(5));
    try (Databases databases = new Databases(database.logins(), new PoolSizes(2, 2), log)) {
      Library library = new Library(databases, folder);
      try {
        for (int round = 0; round < ROUNDS; round++) {
          new Round(library, owner, round).run();
        }
        int _ = library.uploadSweep().run();
        new BookBlobs(databases.scheduler()).referenced(List.of(new Sha256("0".repeat(64))));
      } finally {
        library.stop();
      }
    }
    awaitOnly(others);
  }

  private record Round(Library library, UUID owner, int number) {
    void run() throws Exception {
      UploadHeader header =
          UploadHeader.newBuilder()
              .setFileName("a.txt")
              .setRequestId(UUID.randomUUID().toString())
              .build();
      Book book =
          new Uploader(library.asyncCatalog(owner))
              .send(header, ("text " + number).getBytes(StandardCharsets.UTF_8))
              .getBook();
      UUID id = BookName.parse("name", book.getName()).id();
      library.apply(library.job(id, "inspect"), SampleResults.inspected());
      List<Job> analysis =
          library.commit(library.apply(library.job(id, "parse"), SampleResults.parsed()));
      library.apply(analysis.get(0), SampleResults.analyzed());
      library.apply(analysis.get(1), SampleResults.summarized());
      library.indexTexts();
      read(book.getName());
      search(book.getName());
      new UploadRound(library, owner, number).run(book.getName());
      change(book.getName());
    }

    private void read(String name) {
      for (View view : List.of(View.VIEW_BASIC, View.VIEW_FULL)) {
        for (int size : new int[] {1, 50, 1000}) {
          var list = ListBooksRequest.newBuilder().setView(view).setPageSize(size);
          var page = library.catalog(owner).listBooks(list.build());
          list.setPageToken(page.getNextPageToken());
          library.catalog(owner).listBooks(list.build());
          list.clearPageToken().setShowDeleted(true);
          library.catalog(owner).listBooks(list.build());
        }
      }
      library.catalog(owner).listChapters(ListChaptersRequest.newBuilder().setParent(name).build());
      library
          .catalog(owner)
          .getChapter(GetChapterRequest.newBuilder().setName(name + "/chapters/1").build());
      library.catalog(owner).getCover(GetCoverRequest.newBuilder().setName(name).build());
      for (int order = 1; order <= 2; order++) {
        library
            .analysis(owner)
            .listPassages(
                ListPassagesRequest.newBuilder().setParent(name).setOrderValue(order).build());
      }
      var entities = ListEntitiesRequest.newBuilder().setParent(name);
      library.analysis(owner).listEntities(entities.build());
      library.analysis(owner).listEntities(entities.setUpTo(50).build());
      readClosely(name);
    }

    private void readClosely(String name) {
      var mentions = ListMentionsRequest.newBuilder().setParent(name + "/entities/1");
      library.analysis(owner).listMentions(mentions.build());
      library.analysis(owner).listMentions(mentions.setUpTo(50).build());
      var entity = GetEntityRequest.newBuilder().setName(name + "/entities/1");
      library.analysis(owner).getEntity(entity.build());
      library.analysis(owner).getEntity(entity.setUpTo(50).build());
      var facts = GetBookFactsRequest.newBuilder().setName(name);
      library.analysis(owner).getBookFacts(facts.build());
      library.analysis(owner).getBookFacts(facts.setUpTo(50).build());
      library
          .analysis(owner)
          .getXRay(GetXRayRequest.newBuilder().setName(name).setUpTo(50).build());
      library
          .analysis(owner)
          .reanalyzeBook(ReanalyzeBookRequest.newBuilder().setName(name).build());
    }

    private void marks(String name) {
      var mark = Annotation.newBuilder().setType(Annotation.Type.TYPE_BOOKMARK).setDevice("phone");
      var made =
          library
              .reading(owner)
              .createAnnotation(
                  CreateAnnotationRequest.newBuilder().setParent(name).setAnnotation(mark).build());
      library
          .reading(owner)
          .updateAnnotation(
              UpdateAnnotationRequest.newBuilder()
                  .setAnnotation(mark.setName(made.getName()).setNote("x"))
                  .build());
      for (String parent : List.of(name, "books/-")) {
        library
            .reading(owner)
            .listAnnotations(ListAnnotationsRequest.newBuilder().setParent(parent).build());
      }
      String progress = name + "/progress";
      library.reading(owner).listProgress(ListProgressRequest.getDefaultInstance());
      library
          .reading(owner)
          .listDeviceProgress(ListDeviceProgressRequest.newBuilder().setName(progress).build());
      library
          .reading(owner)
          .listProgressHistory(ListProgressHistoryRequest.newBuilder().setParent(progress).build());
      library.reading(owner).listSessions(ListSessionsRequest.getDefaultInstance());
      var listed = ListChangesRequest.newBuilder().setPageSize(1000);
      for (int page = 0; page < 3; page++) {
        var changes = library.changes(owner).listChanges(listed.build());
        listed.setResumeToken(changes.getResumeToken());
      }
    }

    private void search(String name) {
      for (String order : List.of("title", "author desc", "word_count", "create_time")) {
        var list = ListBooksRequest.newBuilder().setOrderBy(order).setPageSize(7);
        list.setPageToken(library.catalog(owner).listBooks(list.build()).getNextPageToken());
        library.catalog(owner).listBooks(list.build());
      }
      for (String filter :
          List.of("tag = \"tag 3\"", "author:x", "opened = true", "size_bytes=9")) {
        library.catalog(owner).listBooks(ListBooksRequest.newBuilder().setFilter(filter).build());
      }
      for (String query : List.of("book 3", "bokk", "o")) {
        library.catalog(owner).searchBooks(SearchBooksRequest.newBuilder().setQuery(query).build());
      }
      library
          .catalog(owner)
          .searchText(SearchTextRequest.newBuilder().setParent(name).setQuery("mill").build());
      library
          .catalog(owner)
          .searchText(
              SearchTextRequest.newBuilder().setParent("books/-").setQuery("saw mill").build());
      library
          .catalog(owner)
          .batchGetBooks(BatchGetBooksRequest.newBuilder().addNames(name).build());
      library
          .catalog(owner)
          .downloadBook(DownloadBookRequest.newBuilder().setName(name).build())
          .next();
    }

    private void change(String name) {
      for (int base = 0; base < 2; base++) {
        library
            .reading(owner)
            .updateProgress(
                UpdateProgressRequest.newBuilder()
                    .setName(name + "/progress")
                    .setDevice("device " + base)
                    .setOffset(base)
                    .setRequestId(UUID.randomUUID().toString())
                    .build());
      }
      marks(name);
      library
          .catalog(owner)
          .updateBook(
              UpdateBookRequest.newBuilder()
                  .setBook(Book.newBuilder().setName(name).setTitle("New"))
                  .build());
      library.catalog(owner).deleteBook(DeleteBookRequest.newBuilder().setName(name).build());
      library.catalog(owner).undeleteBook(UndeleteBookRequest.newBuilder().setName(name).build());
      library.catalog(owner).deleteBook(DeleteBookRequest.newBuilder().setName(name).build());
      library.catalog(owner).purgeBook(PurgeBookRequest.newBuilder().setName(name).build());
    }
  }

  private static Map<String, Long> scans() throws SQLException {
    Map<String, Long> scans = new TreeMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select relname, seq_scan from pg_stat_user_tables
                where schemaname = 'scriptorium' and n_live_tup >= 1000
                """)) {
      while (rows.next()) {
        scans.put(rows.getString(1), rows.getLong(2));
      }
    }
    return scans;
  }

  // A session hands in its counts when it ends.
  private static void awaitOnly(Set<Integer> sessions) throws SQLException {
    for (int i = 0; i < 500 && !sessions.containsAll(sessions()); i++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(sessions).containsAll(sessions());
  }

  private static Set<Integer> sessions() throws SQLException {
    Set<Integer> pids = new TreeSet<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select pid from pg_stat_activity
                where datname = current_database()
                  and usename in ('scriptorium_api', 'scriptorium_scheduler')
                """)) {
      while (rows.next()) {
        pids.add(rows.getInt(1));
      }
    }
    return pids;
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect() throws SQLException {
    Login superuser = database.superuser();
    return DriverManager.getConnection(superuser.url(), superuser.user(), superuser.password());
  }
}
