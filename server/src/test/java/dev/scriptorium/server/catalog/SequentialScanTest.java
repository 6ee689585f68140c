package dev.scriptorium.server.catalog;

import static java.util.Objects.requireNonNull;
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
import dev.scriptorium.v1.AddBooksRequest;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.BatchGetBooksRequest;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.ConvertLocatorsRequest;
import dev.scriptorium.v1.CreateAnnotationRequest;
import dev.scriptorium.v1.CreateCollectionRequest;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.DeleteCollectionRequest;
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
import dev.scriptorium.v1.ListCollectionBooksRequest;
import dev.scriptorium.v1.ListCollectionsRequest;
import dev.scriptorium.v1.ListDeviceProgressRequest;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListFacetsRequest;
import dev.scriptorium.v1.ListMentionsRequest;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListPositionsRequest;
import dev.scriptorium.v1.ListProgressHistoryRequest;
import dev.scriptorium.v1.ListProgressRequest;
import dev.scriptorium.v1.ListSessionsRequest;
import dev.scriptorium.v1.Place;
import dev.scriptorium.v1.PurgeBookRequest;
import dev.scriptorium.v1.ReanalyzeBookRequest;
import dev.scriptorium.v1.RemoveBooksRequest;
import dev.scriptorium.v1.SearchBooksRequest;
import dev.scriptorium.v1.SearchTextRequest;
import dev.scriptorium.v1.UndeleteBookRequest;
import dev.scriptorium.v1.UpdateAnnotationRequest;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UploadHeader;
import dev.scriptorium.v1.View;
import java.io.IOException;
import java.io.InputStream;
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

  private static UUID owner;

  @BeforeAll
  static void fill() throws IOException, SQLException {
    String fill;
    try (InputStream sql = SequentialScanTest.class.getResourceAsStream("filled.sql")) {
      fill = new String(requireNonNull(sql).readAllBytes(), StandardCharsets.UTF_8);
    }
    owner = database.createAccount();
    String other = database.createAccount().toString();
    Set<Integer> others = sessions();
    execute(fill.replace("OWNER", owner.toString()).replace("OTHER", other));
    // What filling has read does not count.
    awaitOnly(others);
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
      collect(book.getName());
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
      places(name);
    }

    private void places(String name) {
      library
          .locators(owner)
          .listPositions(ListPositionsRequest.newBuilder().setParent(name).build());
      library
          .locators(owner)
          .convertLocators(
              ConvertLocatorsRequest.newBuilder()
                  .setParent(name)
                  .addPlaces(Place.newBuilder().setOffset(3))
                  .build());
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
      library.filters(owner).listFacets(ListFacetsRequest.getDefaultInstance());
      library
          .filters(owner)
          .listFacets(ListFacetsRequest.newBuilder().setFilter("tag = \"tag 3\"").build());
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

    private void collect(String name) {
      var made =
          library
              .collections(owner)
              .createCollection(
                  CreateCollectionRequest.newBuilder()
                      .setCollection(Collection.newBuilder().setTitle("x"))
                      .build());
      library
          .collections(owner)
          .addBooks(AddBooksRequest.newBuilder().setName(made.getName()).addBooks(name).build());
      for (int direction = 1; direction <= 2; direction++) {
        var list = ListCollectionsRequest.newBuilder().setDirectionValue(direction);
        var first = library.collections(owner).listCollections(list.setPageSize(3).build());
        for (Collection each : first.getCollectionsList()) {
          for (String order : List.of("place", "title desc")) {
            library
                .collections(owner)
                .listCollectionBooks(
                    ListCollectionBooksRequest.newBuilder()
                        .setParent(each.getName())
                        .setOrderBy(order)
                        .build());
          }
        }
      }
      library
          .collections(owner)
          .removeBooks(
              RemoveBooksRequest.newBuilder().setName(made.getName()).addBooks(name).build());
      library
          .collections(owner)
          .deleteCollection(DeleteCollectionRequest.newBuilder().setName(made.getName()).build());
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
