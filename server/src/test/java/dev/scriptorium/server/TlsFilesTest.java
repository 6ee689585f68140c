package dev.scriptorium.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.ServerConfig.Tls;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
  @TempDir Path folder;

  @Test
  void aRenewedCertificateIsShownWithoutARestartAndADamagedOneIsNot() throws Exception {
    Tls first = TestCertificate.selfSigned(folder, "first");
    Tls second = TestCertificate.selfSigned(folder, "second");
    Path trustSecond = Files.copy(second.certificate(), folder.resolve("trusted.pem"));
    TlsFiles files = new TlsFiles(first);
    io.grpc.Server server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), files.credentials())
            .build()
            .start();
    try {
      assertThat(answer(server.getPort(), trustSecond)).isEqualTo(Code.UNAVAILABLE);

      replace(second.key(), first.key(), 1);
      files.look();
      assertThat(answer(server.getPort(), trustSecond)).isEqualTo(Code.UNAVAILABLE);

      replace(second.certificate(), first.certificate(), 2);
      files.look();
      assertThat(answer(server.getPort(), trustSecond)).isEqualTo(Code.UNIMPLEMENTED);

      Files.writeString(first.certificate(), "damaged");
      files.look();
      assertThat(answer(server.getPort(), trustSecond)).isEqualTo(Code.UNIMPLEMENTED);
    } finally {
      server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  // The clock of the file system may be coarser than the test is fast.
  private static void replace(Path source, Path target, int minutes) throws Exception {
    Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(target, FileTime.from(Instant.now().plusSeconds(60L * minutes)));
  }

  // The server has no service: whoever gets that far hears so.
  private static Code answer(int port, Path trusted) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                "127.0.0.1",
                port,
                TlsChannelCredentials.newBuilder().trustManager(trusted.toFile()).build())
            .overrideAuthority("localhost")
            .build();
    try {
      HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(20, TimeUnit.SECONDS)
          .check(HealthCheckRequest.getDefaultInstance());
      return Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }
}
