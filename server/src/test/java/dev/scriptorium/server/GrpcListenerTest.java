package dev.scriptorium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.scriptorium.server.ServerConfig.DatabaseSource;
import dev.scriptorium.server.ServerConfig.RedisSource;
import dev.scriptorium.server.ServerConfig.Tls;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcListenerTest {

  @TempDir Path folder;

  @Test
  void withACertificateItSpeaksTlsAlone() throws Exception {
    Tls tls = TestCertificate.selfSigned(folder, "first");
    ChannelCredentials trusting =
        TlsChannelCredentials.newBuilder().trustManager(tls.certificate().toFile()).build();
    try (GrpcListener listener = listener(Optional.of(tls))) {
      assertThat(health(listener, trusting, "live")).isEqualTo(ServingStatus.SERVING);
      assertThatThrownBy(() -> health(listener, InsecureChannelCredentials.create(), "live"))
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessageContaining("UNAVAILABLE");
    }
  }

  @Test
  void readinessFollowsWhatItIsTold() throws Exception {
    try (GrpcListener listener = listener(Optional.empty())) {
      listener.ready(false);

      ChannelCredentials plain = InsecureChannelCredentials.create();
      assertThat(health(listener, plain, "ready")).isEqualTo(ServingStatus.NOT_SERVING);
      assertThat(health(listener, plain, "live")).isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void aKeyThatIsNoneIsAUsageError() throws Exception {
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");

    assertThatThrownBy(() -> listener(Optional.of(new Tls(nonsense, nonsense))))
        .isInstanceOfSatisfying(
            StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  private GrpcListener listener(Optional<Tls> tls) throws StartException {
    ServerConfig config =
        new ServerConfig(
            Optional.empty(),
            new ListenAddress("127.0.0.1", 0),
            folder,
            new DatabaseSource.Embedded(),
            new RedisSource.None(),
            tls,
            new ByteSize(0),
            Duration.ofHours(1),
            new ByteSize(0),
            TestGuard.GUARD,
            Duration.ofDays(30),
            Duration.ZERO,
            false,
            false);
    return new GrpcListener(config, List.of(), _ -> Optional.empty(), new MetricRegistry());
  }

  private static ServingStatus health(
      GrpcListener listener, ChannelCredentials credentials, String service) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(listener.address().toString(), credentials)
            .overrideAuthority("localhost")
            .build();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(20, TimeUnit.SECONDS)
          .check(HealthCheckRequest.newBuilder().setService(service).build())
          .getStatus();
    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }
}
