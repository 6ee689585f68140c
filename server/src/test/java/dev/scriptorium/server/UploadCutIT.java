package dev.scriptorium.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.catalog.UploadRig;
import dev.scriptorium.server.database.Login;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.v1.FinishUploadResponse;
import dev.scriptorium.v1.UploadsGrpc;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An upload to a server that is killed in the middle of it. */
class UploadCutIT {
  private static final Duration START = Duration.ofSeconds(90);
  private static final int SIZE = 24 << 20;

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @Test
  void whatWasCommittedOutlivesAKilledServerAndTheRestFollows() throws Exception {
    byte[] file = UploadRig.text(7, SIZE);
    try (TestFolder folder = TestFolder.create()) {
      Path data = folder.path().resolve("data");
      String name;
      long committed;
      try (JavaProcess server = start(folder.path(), data, 1)) {
        ManagedChannel channel = connect(data);
        try {
          UploadRig rig = rig(channel, data);
          name = rig.start(file).getName();
          UploadRig.Stream stream = rig.stream(name, 0).send(file, 0, SIZE * 3 / 4);
          Await.until("bytes", START, () -> rig.get(name).getCommittedOffset() > 8 << 20);
          committed = rig.get(name).getCommittedOffset();
          server.process().destroyForcibly().onExit().join();
          assertThat(stream).isNotNull();
        } finally {
          channel.shutdownNow();
        }
      }

      try (JavaProcess server = start(folder.path(), data, 2)) {
        ManagedChannel channel = connect(data);
        try {
          UploadRig rig = rig(channel, data);
          int offset = (int) rig.get(name).getCommittedOffset();
          assertThat((long) offset).isGreaterThanOrEqualTo(committed).isLessThan(SIZE);
          long whole = rig.stream(name, offset).send(file, offset, SIZE).end().getCommittedOffset();
          FinishUploadResponse finished = rig.finish(name);

          assertThat(whole).isEqualTo(SIZE);
          assertThat(finished.getBook().getSha256()).isEqualTo(Sha256.of(file).hex());
          assertThat(server.process().isAlive()).isTrue();
        } finally {
          channel.shutdownNow();
        }
      }
    }
  }

  private static JavaProcess start(Path folder, Path data, int number) throws Exception {
    Login login = database.superuser();
    Files.deleteIfExists(data.resolve("server.address"));
    JavaProcess server =
        new JavaProcess(
            folder.resolve("output-" + number),
            ServerMain.class,
            List.of(
                "--listen",
                "127.0.0.1:0",
                "--data-dir",
                data.toString(),
                "--redis-url",
                "none",
                "--database-url",
                login.url() + "?user=" + login.user() + "&password=" + login.password()));
    Await.until(
        "start",
        START,
        () -> {
          if (!server.process().isAlive()) {
            throw new AssertionError(server.output());
          }
          return Files.exists(data.resolve("server.address"));
        });
    return server;
  }

  private static ManagedChannel connect(Path data) throws Exception {
    String address = Files.readString(data.resolve("server.address")).strip();
    return NettyChannelBuilder.forTarget(address).usePlaintext().build();
  }

  private static UploadRig rig(Channel channel, Path data) throws Exception {
    String key = Files.readString(data.resolve("keys").resolve("operator.key")).strip();
    Channel own = RunningServer.with(key, channel);
    return new UploadRig(UploadsGrpc.newBlockingStub(own), UploadsGrpc.newStub(own));
  }
}
