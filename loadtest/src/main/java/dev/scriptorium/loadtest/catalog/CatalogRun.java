package dev.scriptorium.loadtest.catalog;

import dev.scriptorium.loadtest.load.ClosedLoop;
import dev.scriptorium.loadtest.load.Times;
import dev.scriptorium.loadtest.report.Report;
import dev.scriptorium.loadtest.report.Verdicts;
import dev.scriptorium.loadtest.system.Await;
import dev.scriptorium.loadtest.system.EchoServer;
import dev.scriptorium.loadtest.system.LoneServer;
import dev.scriptorium.loadtest.system.SystemProcess;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ReadingGrpc;
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

/** One run of the catalog scenario: its server, its channels, its parts. */
final class CatalogRun implements AutoCloseable {
  private static final int IN_FLIGHT = 64;
  // Often enough for every statement to be prepared on every connection.
  private static final int ROUNDS = 60;
  private static final int SHELF_ROUNDS = 12;

  private final LoneServer server;
  private final Duration span;
  private final Verdicts verdicts;
  private final Timings timings;
  private final ManagedChannel channel;
  private final ClientInterceptor key;
  private final CatalogGrpc.CatalogBlockingStub catalog;
  private final ReadingGrpc.ReadingBlockingStub reading;
  private List<UUID> readable = List.of();

  CatalogRun(LoneServer server, Duration span, Report page, Verdicts verdicts) throws IOException {
    this.server = server;
    this.span = span;
    this.verdicts = verdicts;
    this.timings = new Timings(Timings.newTable(), verdicts);
    page.table(timings.table());
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
  Times imports(int count, String kind) {
    UploadRequest upload =
        new UploadRequest(CatalogGrpc.newStub(channel).withInterceptors(key), kind);
    ClosedLoop.oneByOne(count / 10 + 1, upload::send);
    Times times = ClosedLoop.oneByOne(count, upload::send);
    timings.row("import into the " + kind + " database", 0, times);
    return times;
  }

  void compareImports(Times empty, Times filled) {
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
        double one = ClosedLoop.perSecond(IN_FLIGHT, turn, echo(echoes));
        double other = ClosedLoop.perSecond(IN_FLIGHT, turn, cachedBook());
        // The first one warms both up.
        floor += round == 0 ? 0 : one / 3;
        cached += round == 0 ? 0 : other / 3;
      }
      echoes.shutdownNow();
      timings.table().row("empty echo, 64 in flight", floor, "", "", "", 0, "");
      timings.table().row("GetBook from the cache, 64 in flight", cached, "", "", "", 0, "");
      verdicts.atLeast("cached GetBook to the echo", 0.6, cached / floor);
    }
  }

  private static ClosedLoop.Call echo(ManagedChannel echoes) {
    byte[] message = new byte[300];
    return ended ->
        ClientCalls.asyncUnaryCall(
            echoes.newCall(EchoServer.METHOD, CallOptions.DEFAULT), message, new Ending<>(ended));
  }

  private ClosedLoop.Call cachedBook() {
    GetBookRequest request =
        GetBookRequest.newBuilder()
            .setName("books/" + readable.getFirst())
            .setView(View.VIEW_BASIC)
            .build();
    var stub = CatalogGrpc.newStub(channel).withInterceptors(key);
    return ended -> stub.getBook(request, new Ending<Book>(ended));
  }

  /**
   * Lets every statement get the plan that it keeps, and counts the large tables that were read
   * from end to end.
   */
  void plans() throws IOException, SQLException, InterruptedException {
    String last = tokens().getLast();
    try (Connection connection = connect()) {
      SequentialScans scans = new SequentialScans(connection);
      Exercise exercise = new Exercise(catalog, reading);
      Shelves shelves = new Shelves(ClientInterceptors.intercept(channel, key));
      for (int round = 0; round < SHELF_ROUNDS; round++) {
        shelves.exercise(readable.get(round));
      }
      for (int round = 0; round < ROUNDS; round++) {
        exercise.read(readable.get(round), last);
        exercise.change(readable.get(readable.size() - 1 - round));
      }
      // Those that were changed are purged.
      readable = readable.subList(0, readable.size() - ROUNDS);
      // Sessions hand their counts in when they have had nothing to do for a moment.
      TimeUnit.SECONDS.sleep(11);
      Map<String, Long> found = scans.since();
      verdicts.atLeast("large tables", 5, scans.tables());
      verdicts.atMost("large tables read from end to end " + found, 0, found.size());
    }
  }

  /** Reads at a fixed rate, and then without Redis. */
  void reads() throws IOException, InterruptedException {
    Reads reads =
        new Reads(
            CatalogGrpc.newFutureStub(channel).withInterceptors(key),
            ReadingGrpc.newFutureStub(channel).withInterceptors(key),
            new Reads.Library(readable, tokens()),
            span,
            timings);
    reads.pages();
    reads.titles();
    reads.texts();
    reads.chapters();
    reads.withoutRedis(server);
  }

  private List<String> tokens() {
    List<String> tokens = new ArrayList<>();
    String token = "";
    do {
      tokens.add(token);
      token =
          catalog
              .listBooks(
                  ListBooksRequest.newBuilder().setPageSize(1000).setPageToken(token).build())
              .getNextPageToken();
    } while (!token.isEmpty());
    return tokens;
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
