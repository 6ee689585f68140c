package dev.scriptorium.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.Await;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over real connections: what a refusal does to one is Netty's affair. */
class ConnectionLimitTest {
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Server> servers = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (ManagedChannel channel : channels) {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
    for (Server server : servers) {
      server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,10", "10,1"})
  void aConnectionTooManyIsClosedAndTheFirstGoesOn(int total, int perAddress) throws IOException {
    start(total, perAddress);
    ManagedChannel first = connect();
    ManagedChannel second = connect();

    assertThat(check(first)).isEqualTo(ServingStatus.SERVING);
    assertThatThrownBy(() -> check(second))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e ->
                assertThat(e.getStatus().getCode())
                    .isIn(Status.Code.UNAVAILABLE, Status.Code.INTERNAL));
    assertThat(check(first)).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void thePlaceOfAClosedConnectionIsFreeAndARefusalTakesNone() throws Exception {
    start(1, 1);
    ManagedChannel first = connect();
    assertThat(check(first)).isEqualTo(ServingStatus.SERVING);
    assertThatThrownBy(() -> check(connect())).isInstanceOf(StatusRuntimeException.class);

    first.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);

    Await.until("a free place", Duration.ofSeconds(20), () -> serves(connect()));
  }

  private void start(int total, int perAddress) throws IOException {
    servers.add(
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(new HealthStatusManager().getHealthService())
            .addTransportFilter(new ConnectionLimit(total, perAddress))
            .build()
            .start());
  }

  private ManagedChannel connect() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", servers.getFirst().getPort())
            .usePlaintext()
            .build();
    channels.add(channel);
    return channel;
  }

  private static boolean serves(ManagedChannel channel) {
    try {
      return check(channel) == ServingStatus.SERVING;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  private static ServingStatus check(ManagedChannel channel) {
    return HealthGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }
}
