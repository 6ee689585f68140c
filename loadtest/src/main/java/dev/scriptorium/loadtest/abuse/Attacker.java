package dev.scriptorium.loadtest.abuse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.net.HostAndPort;
import com.google.protobuf.ByteString;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** A client that means no good. Bounded in calls and time. One thread. */
final class Attacker implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> FILLER =
      Metadata.Key.of("x-filler", Metadata.ASCII_STRING_MARSHALLER);
  // RFC 9113, section 3.4, and an empty SETTINGS frame.
  private static final String HELLO = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";
  private static final List<String> TRICKS =
      List.of(
          "books/../../etc/passwd",
          "books/' or '1'='1",
          "books/00000000-0000-7000-8000-000000000000; drop table book",
          "/".repeat(10_000));
  private static final int CONNECTIONS = 4;

  private final String address;
  private final String key;
  private final Endings endings;
  private final long endNanos;
  private final List<ManagedChannel> channels = new ArrayList<>();

  /**
   * @param key one that is good: whoever has none does not get far
   */
  Attacker(String address, String key, Endings endings, Duration length) throws IOException {
    this.address = address;
    this.key = key;
    this.endings = endings;
    CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
    compressors.register(new Bomb());
    this.endNanos = System.nanoTime() + length.toNanos();
    for (int i = 0; i < CONNECTIONS; i++) {
      channels.add(
          NettyChannelBuilder.forTarget(address)
              .usePlaintext()
              .compressorRegistry(compressors)
              .build());
    }
  }

  void attack(Attack kind) throws IOException {
    switch (kind) {
      case IDLE_CONNECTIONS -> idle(2000);
      case STREAM_FLOOD -> flood(20_000);
      case RAPID_RESETS -> paced(2000, this::reset);
      case SLOW_UPLOADS -> drip(200);
      case WRONG_KEYS -> paced(500, n -> list(n, "scr_operator_" + n % 1000 + "_wrong", "", ""));
      case OVERSIZED ->
          paced(
              10,
              n ->
                  n % 2 == 0
                      ? list(n, key, "x".repeat((2 << 20) + 1), "")
                      : list(n, key, "", "x".repeat(32 << 10)));
      case BOMBS -> paced(5, this::bomb);
      case TRICKS -> paced(500, this::trick);
    }
  }

  private void idle(int count) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try {
      HostAndPort server = HostAndPort.fromString(address);
      for (int i = 0; i < count; i++) {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 5000);
        socket.getOutputStream().write(HELLO.getBytes(US_ASCII));
        sockets.add(socket);
        endings.begun();
      }
      rest();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private void flood(int count) {
    for (int i = 0; i < count && left() > 0; i++) {
      upload(i);
    }
    rest();
  }

  private void drip(int count) {
    List<ClientCall<UploadBookRequest, UploadBookResponse>> uploads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      uploads.add(upload(i));
    }
    UploadBookRequest drop =
        UploadBookRequest.newBuilder().setChunk(ByteString.copyFromUtf8("drip ")).build();
    while (left() > 0) {
      for (var upload : uploads) {
        if (upload.isReady()) {
          upload.sendMessage(drop);
        }
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
  }

  private ClientCall<UploadBookRequest, UploadBookResponse> upload(int number) {
    ClientCall<UploadBookRequest, UploadBookResponse> call =
        start(number, CatalogGrpc.getUploadBookMethod(), CallOptions.DEFAULT, headers(key));
    call.sendMessage(
        UploadBookRequest.newBuilder()
            .setHeader(UploadHeader.newBuilder().setFileName("flood.txt"))
            .build());
    return call;
  }

  private ClientCall<?, ?> reset(int number) {
    var call = start(number, CatalogGrpc.getListBooksMethod(), CallOptions.DEFAULT, headers(key));
    call.sendMessage(ListBooksRequest.getDefaultInstance());
    call.cancel("reset", null);
    return call;
  }

  private ClientCall<?, ?> bomb(int number) {
    CallOptions packed = CallOptions.DEFAULT.withCompression("gzip");
    var call = start(number, CatalogGrpc.getListBooksMethod(), packed, headers(key));
    // Not an empty one: that would not be packed.
    send(call, ListBooksRequest.newBuilder().setPageSize(1).build());
    return call;
  }

  private ClientCall<?, ?> list(int number, String asKey, String token, String filler) {
    Metadata headers = headers(asKey);
    if (!filler.isEmpty()) {
      headers.put(FILLER, filler);
    }
    var call = start(number, CatalogGrpc.getListBooksMethod(), CallOptions.DEFAULT, headers);
    send(call, ListBooksRequest.newBuilder().setPageToken(token).build());
    return call;
  }

  private ClientCall<?, ?> trick(int number) {
    String trick = TRICKS.get(number % TRICKS.size());
    if (number / TRICKS.size() % 2 == 0) {
      var call = start(number, CatalogGrpc.getGetBookMethod(), CallOptions.DEFAULT, headers(key));
      send(call, GetBookRequest.newBuilder().setName(trick).build());
      return call;
    }
    var call = start(number, CatalogGrpc.getListBooksMethod(), CallOptions.DEFAULT, headers(key));
    send(call, ListBooksRequest.newBuilder().setFilter(trick).build());
    return call;
  }

  private <Q, A> ClientCall<Q, A> start(
      int number, MethodDescriptor<Q, A> method, CallOptions options, Metadata headers) {
    ClientCall<Q, A> call = channels.get(number % CONNECTIONS).newCall(method, options);
    endings.begun();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            endings.ended(status.getCode());
          }
        },
        headers);
    return call;
  }

  private static <Q> void send(ClientCall<Q, ?> call, Q request) {
    call.sendMessage(request);
    call.halfClose();
    call.request(1);
  }

  private static Metadata headers(String key) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + key);
    return headers;
  }

  private void paced(int perSecond, IntFunction<ClientCall<?, ?>> call) {
    long start = System.nanoTime();
    for (int n = 0; left() > 0; n++) {
      LockSupport.parkNanos(start + n * 1_000_000_000L / perSecond - System.nanoTime());
      var _ = call.apply(n);
    }
  }

  private void rest() {
    for (long nanos = left(); nanos > 0; nanos = left()) {
      LockSupport.parkNanos(nanos);
    }
  }

  private long left() {
    return endNanos - System.nanoTime();
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
