package dev.scriptorium.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.identity.IdentitySettings;
import dev.scriptorium.v1.AnalysisGrpc;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.IdentityGrpc;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListBooksResponse;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListUsersRequest;
import dev.scriptorium.v1.LoginRequest;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What hostile clients may try: each is refused with the right code, and somebody else's call goes
 * through right after, and while it lasts. With {@code -Dabuse.long=true} in the numbers that a
 * server has to bear.
 */
class AbuseTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final boolean LONG = Boolean.getBoolean("abuse.long");
  private static final int IDLE_CONNECTIONS = LONG ? 2000 : 200;
  private static final int STREAMS = LONG ? 20_000 : 2000;
  private static final Duration PAUSE = Duration.ofMillis(400);

  @TempDir static Path folder;
  private static RunningServer server;
  private static String key;
  private static Channel good;

  @BeforeAll
  static void open() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Guard guard =
        new Guard(
            4000,
            4000,
            100,
            0,
            64,
            PAUSE,
            Duration.ofMillis(1500),
            Optional.empty(),
            new IdentitySettings(Duration.ofHours(1), 10),
            Optional.empty());
    server = new RunningServer(database, data, guard);
    key = server.operatorKey();
    good = RunningServer.with(key, server.connect());
    list(good);
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
  }

  @AfterEach
  void othersGoOn() {
    list(good);
  }

  @Test
  void anOversizedMessageIsRefused() {
    ListBooksRequest request =
        ListBooksRequest.newBuilder().setPageToken("x".repeat(3 << 20)).build();

    assertThat(code(() -> catalog(fresh()).listBooks(request))).isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void aBombThatUnpacksToMoreIsRefused() {
    ListBooksRequest bomb =
        ListBooksRequest.newBuilder().setPageToken("x".repeat(64 << 20)).build();
    Code code = code(() -> catalog(fresh()).withCompression("gzip").listBooks(bomb));

    assertThat(code).isEqualTo(Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void oversizedMetadataIsRefused() {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("x-filler", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(32 << 10));

    Code code =
        code(
            () ->
                catalog(fresh())
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .listBooks(ListBooksRequest.getDefaultInstance()));

    assertThat(code).isIn(Code.RESOURCE_EXHAUSTED, Code.INTERNAL);
  }

  @Test
  void wrongKeysAreRefusedAndManyOfThemHaveToWait() {
    // As many as may be wrong in a minute, and the server's own key goes on.
    List<Code> codes = new ArrayList<>();
    Channel channel = server.connect();
    for (int i = 0; i < 130; i++) {
      Channel wrong = RunningServer.with("scr_operator_0000000" + i % 10 + "_wrong", channel);
      codes.add(code(() -> catalog(wrong).listBooks(ListBooksRequest.getDefaultInstance())));
    }

    assertThat(codes.getFirst()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(codes.getLast()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(codes).containsOnly(Code.UNAUTHENTICATED, Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void guessedPasswordsHaveToWait() {
    List<Code> codes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      LoginRequest guess =
          LoginRequest.newBuilder().setEmail("mary@example.org").setPassword("guess " + i).build();
      codes.add(code(() -> IdentityGrpc.newBlockingStub(server.connect()).login(guess)));
    }

    assertThat(codes.subList(0, 10)).containsOnly(Code.UNAUTHENTICATED);
    assertThat(codes.subList(10, 12)).containsOnly(Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void aFloodOfStreamsIsHeldUpAndOthersGoOn() throws Exception {
    ManagedChannel attacker = server.connect();
    Channel keyed = RunningServer.with(key, attacker);
    List<ClientCall<UploadBookRequest, UploadBookResponse>> calls = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      ClientCall<UploadBookRequest, UploadBookResponse> call =
          keyed.newCall(CatalogGrpc.getUploadBookMethod(), CallOptions.DEFAULT);
      call.start(new ClientCall.Listener<>() {}, new Metadata());
      call.sendMessage(header("flood.txt"));
      calls.add(call);
    }

    assertThat(slowestOf(20)).isLessThan(Duration.ofSeconds(2));

    calls.forEach(call -> call.cancel("enough", null));
    attacker.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void rapidResetsEndTheConnection() throws Exception {
    ManagedChannel attacker = server.connect();
    CompletableFuture<Status> connection = new CompletableFuture<>();
    ClientCall<HealthCheckRequest, HealthCheckResponse> watch =
        attacker.newCall(HealthGrpc.getWatchMethod(), CallOptions.DEFAULT);
    watch.start(new Ended<>(connection), new Metadata());
    watch.sendMessage(HealthCheckRequest.getDefaultInstance());
    watch.halfClose();
    watch.request(100);

    for (int i = 0; i < 1000; i++) {
      ClientCall<ListBooksRequest, ListBooksResponse> call =
          RunningServer.with(key, attacker)
              .newCall(CatalogGrpc.getListBooksMethod(), CallOptions.DEFAULT);
      call.start(new Ended<>(new CompletableFuture<>()), new Metadata());
      call.sendMessage(ListBooksRequest.getDefaultInstance());
      call.cancel("reset", null);
    }

    assertThat(connection.get(20, TimeUnit.SECONDS).isOk()).isFalse();
    assertThat(slowestOf(20)).isLessThan(Duration.ofSeconds(2));
    attacker.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void anUploadThatPausesIsEnded() {
    assertThat(endOfUpload(Duration.ofHours(1), 1)).isEqualTo(Code.DEADLINE_EXCEEDED);
  }

  @Test
  void anUploadThatDripsIsEnded() {
    assertThat(endOfUpload(PAUSE.dividedBy(4), 100)).isEqualTo(Code.DEADLINE_EXCEEDED);
  }

  @Test
  void idleConnectionsDoNotKeepOthersWaiting() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < IDLE_CONNECTIONS; i++) {
        Socket socket = new Socket();
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.address().port()), 5000);
        idle.add(socket);
      }

      assertThat(slowestOf(20)).isLessThan(Duration.ofSeconds(2));
      assertThat(list(RunningServer.with(key, server.connect()))).isTrue();
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void namesWithTricksInThemAreNoNames() {
    for (String name :
        List.of(
            "books/../../etc/passwd",
            "books/%2e%2e%2fetc",
            "books/00000000-0000-7000-8000-000000000000/../../x",
            "books/00000000-0000-7000-8000-00000000000\u0000",
            "books/' or '1'='1",
            "books/00000000-0000-7000-8000-000000000000; drop table book",
            "BOOKS/00000000-0000-7000-8000-000000000000",
            "books/٠٠٠٠٠٠٠٠-0000-7000-8000-000000000000",
            "",
            "/".repeat(10_000))) {
      GetBookRequest book = GetBookRequest.newBuilder().setName(name).build();
      GetChapterRequest chapter =
          GetChapterRequest.newBuilder().setName(name + "/chapters/1").build();
      assertThat(code(() -> catalog(good).getBook(book))).as(name).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(code(() -> catalog(good).getChapter(chapter)))
          .as(name)
          .isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void statementsInFieldsStayText() {
    String injected = "'); drop table account; --";
    ListPassagesRequest passages =
        ListPassagesRequest.newBuilder().setParent(injected).setChapter(injected).build();
    ListUsersRequest users = ListUsersRequest.newBuilder().setPageToken(injected).build();
    String book = server.upload(good, injected, "A text with '); drop table book; -- in it.\n");

    assertThat(code(() -> AnalysisGrpc.newBlockingStub(good).listPassages(passages)))
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(code(() -> IdentityGrpc.newBlockingStub(good).listUsers(users)))
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(
            catalog(good).getBook(GetBookRequest.newBuilder().setName(book).build()).getFileName())
        .isEqualTo(injected);
  }

  private static Code endOfUpload(Duration pause, int chunks) {
    CompletableFuture<Status> end = new CompletableFuture<>();
    ClientCall<UploadBookRequest, UploadBookResponse> call =
        fresh().newCall(CatalogGrpc.getUploadBookMethod(), CallOptions.DEFAULT);
    StreamObserver<UploadBookRequest> upload =
        ClientCalls.asyncClientStreamingCall(call, new End(end));
    upload.onNext(header("slow.txt"));
    for (int i = 0; i < chunks && !end.isDone(); i++) {
      upload.onNext(
          UploadBookRequest.newBuilder().setChunk(ByteString.copyFromUtf8("drip ")).build());
      try {
        end.get(Math.min(pause.toMillis(), 10_000), TimeUnit.MILLISECONDS);
      } catch (java.util.concurrent.TimeoutException e) {
        // Not ended yet: the next drop.
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError(e);
      }
    }
    return end.orTimeout(20, TimeUnit.SECONDS).join().getCode();
  }

  private static UploadBookRequest header(String file) {
    return UploadBookRequest.newBuilder()
        .setHeader(UploadHeader.newBuilder().setFileName(file))
        .build();
  }

  private static boolean list(Channel channel) {
    catalog(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .listBooks(ListBooksRequest.getDefaultInstance());
    return true;
  }

  private static Duration slowestOf(int calls) {
    long[] nanos = new long[calls];
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      list(good);
      nanos[i] = System.nanoTime() - start;
    }
    return Duration.ofNanos(Arrays.stream(nanos).max().orElseThrow());
  }

  private static Channel fresh() {
    return RunningServer.with(key, server.connect());
  }

  private static CatalogGrpc.CatalogBlockingStub catalog(Channel channel) {
    return CatalogGrpc.newBlockingStub(channel);
  }

  private static Code code(Runnable call) {
    try {
      call.run();
      return Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  private record End(CompletableFuture<Status> status)
      implements StreamObserver<UploadBookResponse> {
    @Override
    public void onNext(UploadBookResponse response) {
      status.complete(Status.OK);
    }

    @Override
    public void onError(Throwable failure) {
      status.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {}
  }

  private static final class Ended<T> extends ClientCall.Listener<T> {
    private final CompletableFuture<Status> end;

    Ended(CompletableFuture<Status> end) {
      this.end = end;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      end.complete(status);
    }
  }
}
