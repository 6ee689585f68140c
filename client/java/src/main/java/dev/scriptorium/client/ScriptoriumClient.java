package dev.scriptorium.client;

import dev.scriptorium.v1.AnalysisGrpc;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.BookFacts;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.ChangesGrpc;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.CollectionsGrpc;
import dev.scriptorium.v1.Cover;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.DownloadHeader;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityDetails;
import dev.scriptorium.v1.FiltersGrpc;
import dev.scriptorium.v1.FleetGrpc;
import dev.scriptorium.v1.GetBookFactsRequest;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetCoverRequest;
import dev.scriptorium.v1.GetEntityRequest;
import dev.scriptorium.v1.GetProgressRequest;
import dev.scriptorium.v1.GetSystemInfoRequest;
import dev.scriptorium.v1.GetXRayRequest;
import dev.scriptorium.v1.IdentityGrpc;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListChaptersRequest;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListFacetsRequest;
import dev.scriptorium.v1.ListFacetsResponse;
import dev.scriptorium.v1.ListMentionsRequest;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.Mention;
import dev.scriptorium.v1.OperationsGrpc;
import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.v1.ReanalyzeBookRequest;
import dev.scriptorium.v1.ReanalyzeBookResponse;
import dev.scriptorium.v1.SearchBooksRequest;
import dev.scriptorium.v1.SearchBooksResponse;
import dev.scriptorium.v1.SearchTextRequest;
import dev.scriptorium.v1.SearchTextResponse;
import dev.scriptorium.v1.SystemInfo;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressResponse;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.WatchBookRequest;
import dev.scriptorium.v1.WatchBookResponse;
import dev.scriptorium.v1.XRay;
import io.grpc.ManagedChannel;
import io.grpc.stub.AbstractStub;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A connection to a Scriptorium server.
 *
 * <p>Every call has a deadline. Calls that read, and calls that carry a request id, are repeated
 * when the server is away for a moment or asks for a retry. Every method may throw {@link
 * ScriptoriumException}; an interrupt ends a call with {@link ScriptoriumException#INTERRUPTED} and
 * leaves the thread's flag set. Lists are lazy: a page is fetched when the one before is used up.
 *
 * <p>Thread-safe. One client serves a whole program; {@link #close} ends its calls.
 *
 * <pre>{@code
 * var address = ServerAddress.parse("127.0.0.1:7440");
 * try (var client = ScriptoriumClient.connect(ClientOptions.of(address, key))) {
 *   String book = client.upload(Path.of("dracula.epub")).getBook().getName();
 *   client.watchBook(book, update -> System.out.println(update.getActivity()));
 *   client.listChapters(book).forEach(chapter -> System.out.println(chapter.getTitle()));
 * }
 * }</pre>
 */
public final class ScriptoriumClient implements AutoCloseable {
  private static final int PAGE_SIZE = 200;

  private final ManagedChannel channel;
  private final ClientOptions options;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Calls calls;

  ScriptoriumClient(ManagedChannel channel, ClientOptions options) {
    this.channel = channel;
    this.options = options;
    this.calls = new Calls(channel, options.retry(), new Errors(options.server()), closed);
  }

  /**
   * Makes a client. Nothing is sent before the first call.
   *
   * @throws IllegalArgumentException when the file of authorities cannot be used
   */
  public static ScriptoriumClient connect(ClientOptions options) {
    return new ScriptoriumClient(Channels.open(options), options);
  }

  /** Uploads a file: the same as {@link #upload(Path, UUID, UploadListener)}, unheard. */
  public UploadBookResponse upload(Path file) {
    return upload(file, UUID.randomUUID(), (sent, total) -> {});
  }

  /**
   * Uploads a file in parts of 256 KiB, as fast as the server takes them. Returns when the server
   * has it safely; the import goes on without us.
   *
   * @param requestId the same id again gives the first call's answer and stores nothing
   * @throws ScriptoriumException also with {@link ScriptoriumException#FILE_UNREADABLE}
   */
  public UploadBookResponse upload(Path file, UUID requestId, UploadListener listener) {
    return calls.repeatable(
        () -> {
          try {
            return new FileUpload(file, requestId, listener, options.stallTimeout())
                .send(CatalogGrpc.newStub(channel));
          } catch (ClosedByInterruptException | InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.interrupted(e);
          } catch (IOException e) {
            throw unreadable(file, e);
          }
        });
  }

  /** One book with everything known of it. */
  public Book getBook(String name) {
    GetBookRequest request = GetBookRequest.newBuilder().setName(name).build();
    return calls.repeatable(() -> catalog().getBook(request));
  }

  /** All books of the caller, newest first. */
  public Stream<Book> listBooks() {
    ListBooksRequest.Builder request = ListBooksRequest.newBuilder().setPageSize(PAGE_SIZE);
    return Page.stream(
        token -> {
          ListBooksRequest page = request.setPageToken(token).build();
          var answer = calls.repeatable(() -> catalog().listBooks(page));
          return new Page<>(answer.getBooksList(), answer.getNextPageToken());
        });
  }

  /** Changes the masked fields of a book. */
  public Book updateBook(UpdateBookRequest request) {
    return calls.once(() -> catalog().updateBook(request));
  }

  /** Marks a book as deleted; it is purged later. */
  public Book deleteBook(String name) {
    DeleteBookRequest request = DeleteBookRequest.newBuilder().setName(name).build();
    return calls.once(() -> catalog().deleteBook(request));
  }

  /** Follows an import: the same as {@link #watchBook(String, Consumer, Consumer)}. */
  public void watchBook(String name, Consumer<WatchBookResponse> each) {
    watchBook(name, each, broken -> {});
  }

  /**
   * Follows an import until its three tiers have ended; a broken connection is taken up again.
   *
   * @param each called by this thread with the state now and after every change; what it throws
   *     ends the watch
   * @param broken called by this thread whenever the connection broke and is to be taken up again
   */
  public void watchBook(
      String name, Consumer<WatchBookResponse> each, Consumer<ScriptoriumException> broken) {
    WatchBookRequest request = WatchBookRequest.newBuilder().setName(name).build();
    calls.follow(() -> CatalogGrpc.newBlockingStub(channel).watchBook(request), each, broken);
  }

  /** Chapters in reading order, without text. */
  public Stream<Chapter> listChapters(String book) {
    ListChaptersRequest.Builder request =
        ListChaptersRequest.newBuilder().setParent(book).setPageSize(PAGE_SIZE);
    return Page.stream(
        token -> {
          ListChaptersRequest page = request.setPageToken(token).build();
          var answer = calls.repeatable(() -> catalog().listChapters(page));
          return new Page<>(answer.getChaptersList(), answer.getNextPageToken());
        });
  }

  /** One chapter, {@code books/{book}/chapters/{ordinal}}. */
  public Chapter getChapter(String name, GetChapterRequest.Content content) {
    GetChapterRequest request =
        GetChapterRequest.newBuilder().setName(name).setContent(content).build();
    return calls.repeatable(() -> catalog().getChapter(request));
  }

  /** The cover picture, at most 1 MiB. */
  public Cover getCover(String book, GetCoverRequest.Size size) {
    GetCoverRequest request = GetCoverRequest.newBuilder().setName(book).setSize(size).build();
    return calls.repeatable(() -> catalog().getCover(request));
  }

  /**
   * Books whose title, people or series are like what was typed, best first.
   *
   * @param limit 1 to 200
   */
  public List<SearchBooksResponse.Hit> searchBooks(String query, int limit) {
    SearchBooksRequest request =
        SearchBooksRequest.newBuilder().setQuery(query).setPageSize(limit).build();
    return calls.repeatable(() -> catalog().searchBooks(request)).getHitsList();
  }

  /** Places in texts that match the request, whose page token is not looked at; best first. */
  public Stream<SearchTextResponse.Hit> searchText(SearchTextRequest request) {
    return Page.stream(
        token -> {
          SearchTextRequest page = request.toBuilder().setPageToken(token).build();
          var answer = calls.repeatable(() -> catalog().searchText(page));
          return new Page<>(answer.getHitsList(), answer.getNextPageToken());
        });
  }

  /**
   * Saves the file of a book as it was uploaded, and checks its hash. A broken download leaves a
   * file {@code *.part}, which the next call completes.
   *
   * @param target replaced when it exists
   * @throws ScriptoriumException also with {@link ScriptoriumException#FILE_UNREADABLE}
   */
  public DownloadHeader download(String book, Path target) {
    FileDownload download = new FileDownload(book, target);
    return calls.repeatable(
        () -> {
          try {
            return download.run(CatalogGrpc.newBlockingStub(channel));
          } catch (IOException e) {
            throw unreadable(target, e);
          }
        });
  }

  /** Passages that match the request, whose page token is not looked at. */
  public Stream<Passage> listPassages(ListPassagesRequest request) {
    return Page.stream(
        token -> {
          ListPassagesRequest page = request.toBuilder().setPageToken(token).build();
          var answer = calls.repeatable(() -> analysis().listPassages(page));
          return new Page<>(answer.getPassagesList(), answer.getNextPageToken());
        });
  }

  /** Entities that match the request, whose page token is not looked at. */
  public Stream<Entity> listEntities(ListEntitiesRequest request) {
    return Page.stream(
        token -> {
          ListEntitiesRequest page = request.toBuilder().setPageToken(token).build();
          var answer = calls.repeatable(() -> analysis().listEntities(page));
          return new Page<>(answer.getEntitiesList(), answer.getNextPageToken());
        });
  }

  /** Where an entity is named; the request's page token is not looked at. */
  public Stream<Mention> listMentions(ListMentionsRequest request) {
    return Page.stream(
        token -> {
          ListMentionsRequest page = request.toBuilder().setPageToken(token).build();
          var answer = calls.repeatable(() -> analysis().listMentions(page));
          return new Page<>(answer.getMentionsList(), answer.getNextPageToken());
        });
  }

  /** All that is known of one character or place. */
  public EntityDetails getEntity(GetEntityRequest request) {
    return calls.repeatable(() -> analysis().getEntity(request));
  }

  /** Figures of a book, with a page of those of its chapters. */
  public BookFacts getBookFacts(GetBookFactsRequest request) {
    return calls.repeatable(() -> analysis().getBookFacts(request));
  }

  /** Who and what a reader has met so far. */
  public XRay getXRay(GetXRayRequest request) {
    return calls.repeatable(() -> analysis().getXRay(request));
  }

  /** Analyzes a book anew, unless that is under way. */
  public ReanalyzeBookResponse reanalyzeBook(String name) {
    ReanalyzeBookRequest request = ReanalyzeBookRequest.newBuilder().setName(name).build();
    return calls.repeatable(() -> analysis().reanalyzeBook(request));
  }

  /** Where the caller is in a book. */
  public Progress getProgress(String book) {
    GetProgressRequest request =
        GetProgressRequest.newBuilder().setName(book + "/progress").build();
    return calls.repeatable(() -> progress().getProgress(request));
  }

  /** Appends a step; a request without an id gets one, so that it can be repeated. */
  public UpdateProgressResponse updateProgress(UpdateProgressRequest request) {
    UpdateProgressRequest named =
        request.getRequestId().isEmpty()
            ? request.toBuilder().setRequestId(UUID.randomUUID().toString()).build()
            : request;
    return calls.repeatable(() -> progress().updateProgress(named));
  }

  /** History, annotations, sessions, statistics. */
  public ReadingClient reading() {
    return new ReadingClient(calls, options.callTimeout(), ReadingGrpc.newBlockingStub(channel));
  }

  /** What has changed. */
  public ChangesClient changes() {
    return new ChangesClient(calls, options.callTimeout(), ChangesGrpc.newBlockingStub(channel));
  }

  /** Jobs and the queue they wait in. */
  public JobsClient jobs() {
    return new JobsClient(calls, options.callTimeout(), JobsGrpc.newBlockingStub(channel));
  }

  /** The workers. */
  public FleetClient fleet() {
    return new FleetClient(calls, options.callTimeout(), FleetGrpc.newBlockingStub(channel));
  }

  /** Collections of books. */
  public CollectionsClient collections() {
    return new CollectionsClient(
        calls, options.callTimeout(), CollectionsGrpc.newBlockingStub(channel));
  }

  /** How many of the caller's books have which authors, languages, tags and so on. */
  public ListFacetsResponse listFacets(ListFacetsRequest request) {
    return calls.repeatable(() -> timed(FiltersGrpc.newBlockingStub(channel)).listFacets(request));
  }

  /** Users, keys and shared books. */
  public IdentityClient identity() {
    return new IdentityClient(calls, options.callTimeout(), IdentityGrpc.newBlockingStub(channel));
  }

  /** Version, limits and the state of every part. */
  public SystemInfo systemInfo() {
    GetSystemInfoRequest request = GetSystemInfoRequest.getDefaultInstance();
    return calls.repeatable(() -> operations().getSystemInfo(request));
  }

  /** Ends all calls and the connection. */
  @Override
  public void close() {
    closed.countDown();
    channel.shutdownNow();
  }

  private CatalogGrpc.CatalogBlockingStub catalog() {
    return timed(CatalogGrpc.newBlockingStub(channel));
  }

  private AnalysisGrpc.AnalysisBlockingStub analysis() {
    return timed(AnalysisGrpc.newBlockingStub(channel));
  }

  private ReadingGrpc.ReadingBlockingStub progress() {
    return timed(ReadingGrpc.newBlockingStub(channel));
  }

  private OperationsGrpc.OperationsBlockingStub operations() {
    return timed(OperationsGrpc.newBlockingStub(channel));
  }

  private <S extends AbstractStub<S>> S timed(S stub) {
    return stub.withDeadlineAfter(options.callTimeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  private static ScriptoriumException unreadable(Path file, IOException cause) {
    return new ScriptoriumException(
        ScriptoriumException.FILE_UNREADABLE,
        cause instanceof NoSuchFileException
            ? file + " does not exist"
            : file + " cannot be read: " + cause.getMessage(),
        Map.of("file", file.toString()),
        io.grpc.Status.Code.INVALID_ARGUMENT,
        null,
        cause);
  }
}
