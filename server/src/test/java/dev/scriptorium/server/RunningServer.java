package dev.scriptorium.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.ServerConfig.DatabaseSource;
import dev.scriptorium.server.ServerConfig.RedisSource;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.embedded.DataDirectory;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.CreateKeyRequest;
import dev.scriptorium.v1.CreateUserRequest;
import dev.scriptorium.v1.IdentityGrpc;
import dev.scriptorium.v1.Preset;
import dev.scriptorium.v1.Role;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import dev.scriptorium.v1.User;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A whole server on a free port of loopback, over a test's database and without Redis. */
final class RunningServer implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Path folder;
  private final Server server;
  private final List<ManagedChannel> channels = new ArrayList<>();

  RunningServer(TestDatabase database, Path folder, Guard guard) throws Exception {
    this.folder = folder;
    ServerConfig config =
        new ServerConfig(
            Optional.empty(),
            new ListenAddress("127.0.0.1", 0),
            folder,
            new DatabaseSource.Prepared(database.logins()),
            new RedisSource.None(),
            Optional.empty(),
            new ByteSize(8 << 20),
            Duration.ofHours(1),
            new ByteSize(0),
            guard,
            Duration.ofDays(30),
            Duration.ZERO,
            false,
            true);
    this.server =
        Server.start(
            new Server.Setting(config, "test", () -> {}),
            DataDirectory.lock(folder),
            Clock.systemUTC());
  }

  ListenAddress address() {
    return server.address();
  }

  /** A connection of its own. */
  ManagedChannel connect() {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(address().toString(), InsecureChannelCredentials.create())
            .maxInboundMetadataSize(1 << 20)
            .build();
    channels.add(channel);
    return channel;
  }

  /** The same connection with a key. */
  static Channel with(String key, Channel channel) {
    return ClientInterceptors.intercept(channel, bearer(key));
  }

  private static ClientInterceptor bearer(String key) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + key);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  String operatorKey() throws IOException {
    return key("operator");
  }

  String workerKey() throws IOException {
    return key("worker");
  }

  private String key(String role) throws IOException {
    return Files.readString(folder.resolve("keys").resolve(role + ".key"), US_ASCII).strip();
  }

  /** A new librarian. */
  User createUser(Channel operator, String displayName, String email) {
    return IdentityGrpc.newBlockingStub(operator)
        .createUser(
            CreateUserRequest.newBuilder()
                .setUser(
                    User.newBuilder()
                        .setDisplayName(displayName)
                        .setEmail(email)
                        .setRole(Role.ROLE_LIBRARIAN))
                .build());
  }

  /** A key of a librarian. */
  String createKey(Channel operator, User user) {
    return createKeyOf(operator, user, Preset.PRESET_LIBRARY);
  }

  /** A key of any sort. */
  String createKeyOf(Channel operator, User user, Preset preset) {
    return IdentityGrpc.newBlockingStub(operator)
        .createKey(
            CreateKeyRequest.newBuilder()
                .setParent(user.getName())
                .setLabel("test")
                .setPreset(preset)
                .build())
        .getSecret();
  }

  /** Uploads a text; the book's name. */
  String upload(Channel channel, String file, String text) {
    CompletableFuture<UploadBookResponse> answer = new CompletableFuture<>();
    StreamObserver<UploadBookRequest> upload =
        CatalogGrpc.newStub(channel).uploadBook(new Answer(answer));
    upload.onNext(
        UploadBookRequest.newBuilder()
            .setHeader(UploadHeader.newBuilder().setFileName(file))
            .build());
    upload.onNext(UploadBookRequest.newBuilder().setChunk(ByteString.copyFromUtf8(text)).build());
    upload.onCompleted();
    return answer.orTimeout(20, TimeUnit.SECONDS).join().getBook().getName();
  }

  private record Answer(CompletableFuture<UploadBookResponse> first)
      implements StreamObserver<UploadBookResponse> {
    @Override
    public void onNext(UploadBookResponse response) {
      first.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
      first.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.close();
  }
}
