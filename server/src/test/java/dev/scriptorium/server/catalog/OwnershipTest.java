package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.BatchDeleteBooksRequest;
import dev.scriptorium.v1.BatchGetBooksRequest;
import dev.scriptorium.v1.BatchUpdateBooksRequest;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.DownloadBookRequest;
import dev.scriptorium.v1.GetBookFactsRequest;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetCoverRequest;
import dev.scriptorium.v1.GetEntityRequest;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.GetXRayRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListChaptersRequest;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListMentionsRequest;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListResourcesRequest;
import dev.scriptorium.v1.PurgeBookRequest;
import dev.scriptorium.v1.ReadResourceRequest;
import dev.scriptorium.v1.ReanalyzeBookRequest;
import dev.scriptorium.v1.SearchTextRequest;
import dev.scriptorium.v1.UndeleteBookRequest;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.WatchBookRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every method that names a book, called by its owner, by somebody else, and for no book. */
class OwnershipTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private UUID stranger;
  private Book book;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    stranger = database.createAccount();
    book = library.upload(owner, "mine");
    UUID id = BookName.parse("name", book.getName()).id();
    library.apply(library.job(id, "inspect"), SampleResults.inspected());
    List<Job> analysis =
        library.commit(library.apply(library.job(id, "parse"), SampleResults.parsed()));
    library.apply(analysis.get(0), SampleResults.analyzed());
    library.apply(analysis.get(1), SampleResults.summarized());
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void aForeignBookLooksLikeNoBookThroughEveryMethod() {
    String missing = "books/00000000-0000-7000-8000-000000000000";
    Map<String, Refusal> forNone = new LinkedHashMap<>();
    methods(missing).forEach((key, m) -> forNone.put(key, Refusal.of(() -> m.apply(stranger))));

    for (var method : methods(book.getName()).entrySet()) {
      Refusal foreign = Refusal.of(() -> method.getValue().apply(stranger));
      Refusal none = Objects.requireNonNull(forNone.get(method.getKey()));

      assertThat(foreign.code()).as(method.getKey()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(foreign.reason()).as(method.getKey()).isEqualTo("BOOK_NOT_FOUND");
      assertThat(foreign.metadata()).containsEntry("book", book.getName());
      assertThat(none.message()).isEqualTo(foreign.message().replace(book.getName(), missing));
    }
  }

  @Test
  void theOwnerReachesEveryMethod() {
    for (var method : methods(book.getName()).entrySet()) {
      assertThat(method.getValue().apply(owner)).as(method.getKey()).isNotNull();
    }
  }

  @Test
  void everyMethodThatNamesABookIsTriedHere() {
    Set<String> all =
        Stream.of(
                dev.scriptorium.v1.CatalogGrpc.getServiceDescriptor(),
                dev.scriptorium.v1.AnalysisGrpc.getServiceDescriptor(),
                dev.scriptorium.v1.ReadingGrpc.getServiceDescriptor())
            .flatMap(service -> service.getMethods().stream())
            .map(method -> method.getBareMethodName())
            .collect(Collectors.toCollection(TreeSet::new));
    // Those of reading are all tried with the examples of the contract.
    dev.scriptorium.v1.ReadingGrpc.getServiceDescriptor()
        .getMethods()
        .forEach(method -> all.remove(method.getBareMethodName()));
    all.addAll(Set.of("GetProgress", "UpdateProgress"));
    all.add("UndeleteDeleted");
    // These name no book.
    all.removeAll(Set.of("UploadBook", "ListBooks", "SearchBooks", "GetLibraryTotals"));
    all.removeAll(Set.of("GetAnalysisSettings", "UpdateAnalysisSettings"));

    assertThat(methods(book.getName()).keySet()).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aStrangerSeesNothingInTheList() {
    ListBooksRequest all = ListBooksRequest.newBuilder().setShowDeleted(true).build();

    assertThat(library.catalog(stranger).listBooks(all).getBooksList()).isEmpty();
    assertThat(library.catalog(owner).listBooks(all).getBooksList()).hasSize(1);
  }

  // DeleteBook and PurgeBook last: the others need the book.
  private Map<String, Function<UUID, Object>> methods(String name) {
    Map<String, Function<UUID, Object>> methods = new LinkedHashMap<>();
    methods.put("GetBook", who -> library.catalog(who).getBook(get(name)));
    methods.put("UpdateBook", who -> library.catalog(who).updateBook(update(name)));
    methods.put("WatchBook", who -> library.catalog(who).watchBook(watch(name)).next());
    methods.put(
        "ListChapters",
        who ->
            library
                .catalog(who)
                .listChapters(ListChaptersRequest.newBuilder().setParent(name).build()));
    methods.put(
        "GetChapter",
        who ->
            library
                .catalog(who)
                .getChapter(GetChapterRequest.newBuilder().setName(name + "/chapters/1").build()));
    methods.put(
        "GetCover",
        who -> library.catalog(who).getCover(GetCoverRequest.newBuilder().setName(name).build()));
    methods.put(
        "ListPassages",
        who ->
            library
                .analysis(who)
                .listPassages(ListPassagesRequest.newBuilder().setParent(name).build()));
    methods.put(
        "ListEntities",
        who ->
            library
                .analysis(who)
                .listEntities(ListEntitiesRequest.newBuilder().setParent(name).build()));
    methods.put("ListMentions", who -> library.analysis(who).listMentions(mentions(name)));
    methods.put("GetEntity", who -> library.analysis(who).getEntity(entity(name)));
    methods.put(
        "GetBookFacts",
        who ->
            library
                .analysis(who)
                .getBookFacts(GetBookFactsRequest.newBuilder().setName(name).build()));
    methods.put(
        "GetXRay",
        who ->
            library
                .analysis(who)
                .getXRay(GetXRayRequest.newBuilder().setName(name).setUpTo(3).build()));
    methods.put(
        "ReanalyzeBook",
        who ->
            library
                .analysis(who)
                .reanalyzeBook(ReanalyzeBookRequest.newBuilder().setName(name).build()));
    methods.put(
        "GetProgress",
        who ->
            library
                .reading(who)
                .getProgress(GetProgressRequest.newBuilder().setName(name + "/progress").build()));
    methods.put("UpdateProgress", who -> library.reading(who).updateProgress(step(name)));
    methods.put(
        "SearchText",
        who ->
            library
                .catalog(who)
                .searchText(
                    SearchTextRequest.newBuilder().setParent(name).setQuery("mill").build()));
    methods.put(
        "DownloadBook",
        who ->
            library
                .catalog(who)
                .downloadBook(DownloadBookRequest.newBuilder().setName(name).build())
                .next());
    methods.put(
        "ListResources",
        who ->
            library
                .catalog(who)
                .listResources(ListResourcesRequest.newBuilder().setParent(name).build()));
    methods.put(
        "ReadResource",
        who ->
            library
                .catalog(who)
                .readResource(
                    ReadResourceRequest.newBuilder()
                        .setName(name + "/resources/images/mill.jpg")
                        .build())
                .next());
    methods.put(
        "BatchGetBooks",
        who ->
            library
                .catalog(who)
                .batchGetBooks(BatchGetBooksRequest.newBuilder().addNames(name).build()));
    methods.put(
        "BatchUpdateBooks",
        who ->
            library
                .catalog(who)
                .batchUpdateBooks(
                    BatchUpdateBooksRequest.newBuilder().addRequests(update(name)).build()));
    methods.put(
        "UndeleteBook",
        who ->
            library
                .catalog(who)
                .undeleteBook(UndeleteBookRequest.newBuilder().setName(name).build()));
    methods.put(
        "BatchDeleteBooks",
        who ->
            library
                .catalog(who)
                .batchDeleteBooks(
                    BatchDeleteBooksRequest.newBuilder()
                        .addRequests(DeleteBookRequest.newBuilder().setName(name))
                        .build()));
    methods.put(
        "UndeleteDeleted",
        who ->
            library
                .catalog(who)
                .undeleteBook(UndeleteBookRequest.newBuilder().setName(name).build()));
    methods.put(
        "DeleteBook",
        who ->
            library.catalog(who).deleteBook(DeleteBookRequest.newBuilder().setName(name).build()));
    methods.put(
        "PurgeBook",
        who -> library.catalog(who).purgeBook(PurgeBookRequest.newBuilder().setName(name).build()));
    return methods;
  }

  private static ListMentionsRequest mentions(String name) {
    return ListMentionsRequest.newBuilder().setParent(name + "/entities/1").build();
  }

  private static GetEntityRequest entity(String name) {
    return GetEntityRequest.newBuilder().setName(name + "/entities/1").build();
  }

  private static GetBookRequest get(String name) {
    return GetBookRequest.newBuilder().setName(name).build();
  }

  private static UpdateBookRequest update(String name) {
    return UpdateBookRequest.newBuilder()
        .setBook(Book.newBuilder().setName(name).setTitle("taken"))
        .build();
  }

  private static WatchBookRequest watch(String name) {
    return WatchBookRequest.newBuilder().setName(name).build();
  }

  private static UpdateProgressRequest step(String name) {
    return UpdateProgressRequest.newBuilder()
        .setName(name + "/progress")
        .setOffset(3)
        .setDevice("phone")
        .build();
  }
}
