package dev.scriptorium.loadtest.catalog;

import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Table;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.EchoServer;
import dev.scriptorium.loadtest.system.LoneServer;
import dev.scriptorium.loadtest.system.SystemProcess;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListBooksResponse;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.v1.SearchBooksRequest;
import dev.scriptorium.v1.SearchTextRequest;
import dev.scriptorium.v1.View;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One run of the catalog scenario: its server, its channels, its parts. */
final class CatalogRun implements AutoCloseable {
  private static final int IN_FLIGHT = 64;
  private static final int RATE = 200;
  private static final int SEARCHES = 10;
  private static final int PAGE = 50;
  // Often enough for every statement to be prepared on every connection.
  private static final int ROUNDS = 60;
  private static final int SHELF_ROUNDS = 12;

  private final LoneServer server;
  private final Duration span;
  private final Verdicts verdicts;
  private final Table table =
      Table.of("Times in milliseconds", "call", "a second", "p50", "p95", "p99", "errors");
  private final ManagedChannel channel;
  private final ClientInterceptor key;
  private final CatalogGrpc.CatalogBlockingStub catalog;
  private final ReadingGrpc.ReadingBlockingStub reading;
  private final List<String> tokens = new ArrayList<>();
  private List<UUID> readable = List.of();

  CatalogRun(LoneServer server, Duration span, Report page, Verdicts verdicts) throws IOException {
    this.server = server;
    this.span = span;
    this.verdicts = verdicts;
    page.table(table);
    this.channel = NettyChannelBuilder.forTarget(server.address()).usePlaintext().build();
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + Files.readString(server.dataDir().resolve("keys/operator.key")).strip());
    this.key = MetadataUtils.newAttachHeadersInterceptor(headers);
    this.reading = ReadingGrpc.newBlockingStub(channel).withInterceptors(key);
    this.catalog = CatalogGrpc.newBlockingStub(channel).withInterceptors(key);
  }

  /** Imports small books, each different, one after the other. */
  Load.Times imports(int count, String kind) {
    UploadRequest upload =
        new UploadRequest(CatalogGrpc.newStub(channel).withInterceptors(key), kind);
    Load.oneByOne(count / 10 + 1, upload::send);
    Load.Times times = Load.oneByOne(count, upload::send);
    row("import into the " + kind + " database", 0, times);
    return times;
  }

  void compareImports(Load.Times empty, Load.Times filled) {
    verdicts.atMost("median import, filled to empty", 1.2, filled.millis(0.5) / empty.millis(0.5));
  }

  void fill(FilledLibrary.Extent extent, int searchable) throws IOException, SQLException {
    try (Connection connection = connect()) {
      UUID owner = owner(connection);
      new FilledLibrary(connection, owner).fill(extent);
      readable =
          new ReadableLibrary(connection, owner, server.dataDir().resolve("blobs")).add(searchable);
    }
  }

  /** A cached book, in turns with the echo: the machine is not the same at all times. */
  void echo() throws IOException, InterruptedException {
    Path port = server.folder().resolve("port");
    try (SystemProcess _ =
        server.companion("echo", List.of("echo", "--port-file", port.toString()))) {
      Await.until("the echo", Duration.ofSeconds(30), () -> Files.exists(port));
      ManagedChannel echoes =
          NettyChannelBuilder.forAddress(
                  "127.0.0.1", Integer.parseInt(Files.readString(port).strip()))
              .usePlaintext()
              .build();
      Duration turn = span.dividedBy(3);
      double floor = 0;
      double cached = 0;
      for (int round = 0; round < 4; round++) {
        double one = Load.closed(IN_FLIGHT, turn, echo(echoes));
        double other = Load.closed(IN_FLIGHT, turn, cachedBook());
        // The first one warms both up.
        floor += round == 0 ? 0 : one / 3;
        cached += round == 0 ? 0 : other / 3;
      }
      echoes.shutdownNow();
      table.row("empty echo, 64 in flight", floor, "", "", "", 0);
      table.row("GetBook from the cache, 64 in flight", cached, "", "", "", 0);
      verdicts.atLeast("cached GetBook to the echo", 0.6, cached / floor);
    }
  }

  private static Load.AsyncRequest echo(ManagedChannel echoes) {
    byte[] message = new byte[300];
    return ended ->
        ClientCalls.asyncUnaryCall(
            echoes.newCall(EchoServer.METHOD, CallOptions.DEFAULT), message, new Ending<>(ended));
  }

  private Load.AsyncRequest cachedBook() {
    GetBookRequest request = book(readable.getFirst()).setView(View.VIEW_BASIC).build();
    var stub = CatalogGrpc.newStub(channel).withInterceptors(key);
    return ended -> stub.getBook(request, new Ending<Book>(ended));
  }

  /**
   * Lets every statement get the plan that it keeps, and counts the large tables that were read
   * from end to end.
   */
  void plans() throws IOException, SQLException, InterruptedException {
    walk();
    try (Connection connection = connect()) {
      SequentialScans scans = new SequentialScans(connection);
      Exercise exercise = new Exercise(catalog, reading);
      Shelves shelves = new Shelves(ClientInterceptors.intercept(channel, key));
      for (int round = 0; round < SHELF_ROUNDS; round++) {
        shelves.exercise(readable.get(round));
      }
      for (int round = 0; round < ROUNDS; round++) {
        exercise.read(readable.get(round), tokens.getLast());
        exercise.change(readable.get(readable.size() - 1 - round));
      }
      // Sessions hand their counts in when they have had nothing to do for a moment.
      TimeUnit.SECONDS.sleep(11);
      Map<String, Long> found = scans.since();
      verdicts.atLeast("large tables", 5, scans.tables());
      verdicts.atMost("large tables read from end to end " + found, 0, found.size());
    }
  }

  private void walk() {
    String token = "";
    do {
      ListBooksResponse page =
          catalog.listBooks(
              ListBooksRequest.newBuilder().setPageSize(1000).setPageToken(token).build());
      tokens.add(token);
      token = page.getNextPageToken();
    } while (!token.isEmpty());
  }

  /** Pages of fifty with progress, at any depth. */
  void pages() throws InterruptedException {
    walk();
    Load.Times times = open(RATE, random -> catalog.listBooks(page(random)));
    row("ListBooks, 50 a page, any depth", RATE, times);
    verdicts.atMost("ListBooks p99, ms", 25, times.millis(0.99));
  }

  private ListBooksRequest page(RandomGenerator random) {
    return ListBooksRequest.newBuilder()
        .setPageSize(PAGE)
        .setPageToken(tokens.get(random.nextInt(tokens.size())))
        .build();
  }

  /** Titles as people type them: beginnings, whole words, a typo. */
  void titles() throws InterruptedException {
    List<String> queries =
        List.of(
            "shadow wint", "bronte", "captain island", "lantrn forest", "nocturne 7", "wil zeph");
    Load.Times times =
        open(
            RATE,
            random ->
                catalog.searchBooks(
                    SearchBooksRequest.newBuilder()
                        .setQuery(
                            queries.get(random.nextInt(queries.size()))
                                + (random.nextBoolean() ? "" : " " + random.nextInt(1000)))
                        .build()));
    row("SearchBooks", RATE, times);
    verdicts.atMost("title search p99, ms", 50, times.millis(0.99));
  }

  /** Words, common and rare, in the texts of all books. */
  void texts() throws InterruptedException {
    Load.Times times =
        open(
            SEARCHES,
            random ->
                catalog.searchText(
                    SearchTextRequest.newBuilder()
                        .setParent("books/-")
                        .setQuery(
                            ReadableLibrary.word(100 + random.nextInt(3000))
                                + " "
                                + ReadableLibrary.word(20 + random.nextInt(200)))
                        .build()));
    row("SearchText in " + readable.size() + " books, with snippets", SEARCHES, times);
    verdicts.atMost("text search p95, ms", 200, times.millis(0.95));
  }

  /** Chapters that nobody has read yet, from their packs. */
  void chapters() throws InterruptedException {
    Load.Times times =
        open(
            RATE,
            random -> {
              UUID book = readable.get(random.nextInt(readable.size()));
              int chapter = 1 + random.nextInt(ReadableLibrary.CHAPTERS);
              return catalog.getChapter(
                  GetChapterRequest.newBuilder()
                      .setName("books/" + book + "/chapters/" + chapter)
                      .build());
            });
    row("GetChapter from packs", RATE, times);
    verdicts.atMost("GetChapter p95, ms", 10, times.millis(0.95));
  }

  /** The most memory that the server has had. */
  void memory() throws IOException {
    String status =
        Files.readString(Path.of("/proc", Long.toString(server.process().pid()), "status"));
    long kib =
        status
            .lines()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
    verdicts.atMost("RSS of the server, MB", 512, kib / 1024.0);
  }

  private <T> Load.Times open(int rate, Function<RandomGenerator, T> call)
      throws InterruptedException {
    Load.open(rate, span.dividedBy(3), random -> ignore(call.apply(random)));
    return Load.open(rate, span, random -> ignore(call.apply(random)));
  }

  private static void ignore(Object answer) {
    if (answer == null) {
      throw new IllegalStateException("no answer");
    }
  }

  private void row(String call, int rate, Load.Times times) {
    Object perSecond = rate == 0 ? "one by one" : rate;
    table.row(
        call, perSecond, times.millis(0.5), times.millis(0.95), times.millis(0.99), times.errors());
    verdicts.atMost("errors of " + call, 0, times.errors());
  }

  private static GetBookRequest.Builder book(UUID id) {
    return GetBookRequest.newBuilder().setName("books/" + id);
  }

  private Connection connect() throws IOException, SQLException {
    Properties login = new Properties();
    login.setProperty("user", "scriptorium");
    login.setProperty("password", server.databasePassword());
    Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + server.databasePort() + "/postgres", login);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path to scriptorium, public");
    }
    return connection;
  }

  private static UUID owner(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select owner_id from api_key where role = 'OPERATOR'")) {
      row.next();
      return row.getObject(1, UUID.class);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /** Tells when and how a call has ended. */
  private record Ending<T>(Consumer<Boolean> ended) implements StreamObserver<T> {
    @Override
    public void onNext(T value) {}

    @Override
    public void onError(Throwable failure) {
      ended.accept(false);
    }

    @Override
    public void onCompleted() {
      ended.accept(true);
    }
  }
}
