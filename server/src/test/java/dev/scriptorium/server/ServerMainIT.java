package dev.scriptorium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.scriptorium.server.database.Login;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.v1.Component;
import dev.scriptorium.v1.GetSystemInfoRequest;
import dev.scriptorium.v1.OperationsGrpc;
import dev.scriptorium.v1.SystemInfo;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server as a process, from its first start to its end. */
class ServerMainIT {
  private static final String ANY_PORT = "127.0.0.1:0";
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(30);

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private final List<JavaProcess> processes = new ArrayList<>();
  private TestFolder folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = TestFolder.create();
  }

  @AfterEach
  void killAll() throws Exception {
    processes.forEach(JavaProcess::close);
    awaitNoDescendants();
    folder.close();
  }

  @Test
  void aServerStartsAnswersStopsAndLeavesNothingEvenWhenKilled() throws Exception {
    JavaProcess server = startAndAwait();

    SystemInfo info = systemInfo(key("operator"));
    assertThat(info.getComponentsList())
        .extracting(Component::getName, Component::getState)
        .contains(
            tuple("database", Component.State.STATE_OK),
            tuple("cache", Component.State.STATE_OK),
            tuple("blobs", Component.State.STATE_OK));
    assertThat(info.getCaller()).endsWith(" operator");

    assertRefused("scr_operator_nonsense", "API_KEY_INVALID");
    assertRefused(tampered(key("operator")), "API_KEY_INVALID");
    assertThat(Files.getPosixFilePermissions(keyFile("worker")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    JavaProcess second = start(dataDir(), ANY_PORT);
    assertThat(second.exitCode(START)).isEqualTo(11);
    assertThat(second.output()).contains("process " + server.process().pid());

    server.process().destroy();
    assertThat(server.exitCode(STOP)).isIn(0, 143);
    awaitNoDescendants();

    String operatorKey = key("operator");
    JavaProcess third = startAndAwait();
    assertThat(key("operator")).isEqualTo(operatorKey);
    assertThat(systemInfo(operatorKey).getComponentsCount()).isPositive();

    assertThat(descendants()).hasSizeGreaterThanOrEqualTo(2);
    third.process().destroyForcibly();
    awaitNoDescendants();
  }

  @Test
  void twoServersShareADatabaseAndEachHasItsOwnKeys() throws Exception {
    startAndAwait(sharing(dataDir()));
    String first = key("operator");
    Path other = folder.path().resolve("other");

    JavaProcess second = run(sharing(other));
    awaitReady(second, other);

    assertThat(Files.readString(other.resolve("keys").resolve("operator.key")).strip())
        .isNotEqualTo(first);
    assertThat(systemInfo(first).getComponentsList())
        .extracting(Component::getName, Component::getState)
        .contains(
            tuple("database", Component.State.STATE_OK),
            tuple("cache", Component.State.STATE_DEGRADED));
    assertThat(descendants()).isEmpty();
  }

  @Test
  void aTakenPortIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      JavaProcess server = start(dataDir(), "127.0.0.1:" + taken.getLocalPort());

      assertThat(server.exitCode(START)).isEqualTo(10);
      assertThat(server.output()).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void wrongOptionsAreUsageErrors() throws Exception {
    assertThat(run("--listen", "nowhere").exitCode(STOP)).isEqualTo(2);
    JavaProcess open = run("--listen", "0.0.0.0:0", "--data-dir", dataDir().toString());
    assertThat(open.exitCode(STOP)).isEqualTo(2);
    assertThat(open.output()).contains("--insecure");
  }

  @Test
  void anUnreachableDatabaseIsSaid() throws Exception {
    JavaProcess server =
        run(
            "--listen",
            ANY_PORT,
            "--data-dir",
            dataDir().toString(),
            "--database-url",
            "jdbc:postgresql://127.0.0.1:1/none?user=u&password=hidden");

    assertThat(server.exitCode(STOP)).isEqualTo(12);
    assertThat(server.output()).doesNotContain("hidden");
  }

  @Test
  void anUnusableDataDirectoryIsSaid() throws Exception {
    Path file = Files.writeString(folder.path().resolve("file"), "not a folder");

    JavaProcess server = run("--listen", ANY_PORT, "--data-dir", file.toString());

    assertThat(server.exitCode(STOP)).isEqualTo(15);
  }

  @Test
  void aFullDiskIsSaid() throws Exception {
    JavaProcess server =
        run(
            "--listen",
            ANY_PORT,
            "--data-dir",
            dataDir().toString(),
            "--free-space-floor",
            "100000000GB");

    assertThat(server.exitCode(STOP)).isEqualTo(14);
  }

  private static String[] sharing(Path dataDir) {
    Login login = database.superuser();
    return new String[] {
      "--listen",
      ANY_PORT,
      "--data-dir",
      dataDir.toString(),
      "--redis-url",
      "none",
      "--database-url",
      login.url() + "?user=" + login.user() + "&password=" + login.password()
    };
  }

  private JavaProcess startAndAwait(String... arguments) throws Exception {
    Files.deleteIfExists(dataDir().resolve("server.address"));
    JavaProcess server = arguments.length == 0 ? start(dataDir(), ANY_PORT) : run(arguments);
    awaitReady(server, dataDir());
    return server;
  }

  private static void awaitReady(JavaProcess server, Path dataDir) throws Exception {
    Await.until(
        "start",
        START,
        () -> {
          if (!server.process().isAlive()) {
            throw new AssertionError(server.output());
          }
          return Files.exists(dataDir.resolve("server.address"));
        });
  }

  private JavaProcess start(Path dataDir, String listen) throws IOException {
    return run("--data-dir", dataDir.toString(), "--listen", listen, "--name", "test");
  }

  private JavaProcess run(String... arguments) throws IOException {
    JavaProcess process =
        new JavaProcess(
            folder.path().resolve("output-" + processes.size()),
            ServerMain.class,
            List.of(arguments));
    processes.add(process);
    return process;
  }

  private SystemInfo systemInfo(String key) throws Exception {
    String address = Files.readString(dataDir().resolve("server.address")).strip();
    ManagedChannel channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    try {
      Metadata headers = new Metadata();
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
      return OperationsGrpc.newBlockingStub(channel)
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
          .withDeadlineAfter(30, TimeUnit.SECONDS)
          .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  private void assertRefused(String key, String reason) {
    assertThatThrownBy(() -> systemInfo(key))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAUTHENTICATED);
              assertThat(reason(e)).isEqualTo(reason);
            });
  }

  private static String reason(StatusRuntimeException e) {
    try {
      Status status = Objects.requireNonNull(StatusProto.fromThrowable(e));
      return status.getDetails(0).unpack(ErrorInfo.class).getReason();
    } catch (IOException damaged) {
      throw new AssertionError(damaged);
    }
  }

  private static String tampered(String key) {
    char last = key.charAt(key.length() - 1);
    return key.substring(0, key.length() - 1) + (last == '0' ? '1' : '0');
  }

  private String key(String role) throws IOException {
    return Files.readString(keyFile(role)).strip();
  }

  private Path keyFile(String role) {
    return dataDir().resolve("keys").resolve(role + ".key");
  }

  private Path dataDir() {
    return folder.path().resolve("data");
  }

  private void awaitNoDescendants() throws Exception {
    Await.until("the end of Postgres and Redis", STOP, () -> descendants().isEmpty());
  }

  /** Processes whose program lies in the data directory. */
  private List<String> descendants() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(process -> process.info().command().orElse(""))
          .filter(command -> command.startsWith(dataDir().toString()))
          .toList();
    }
  }
}
