package dev.scriptorium.server.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.ListenableFuture;
import dev.scriptorium.v1.GetSystemInfoRequest;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.OperationsGrpc;
import dev.scriptorium.v1.SystemInfo;
import dev.scriptorium.v1.WatchJobRequest;
import dev.scriptorium.v1.WatchJobResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserLimitTest {
  private static final int MOST = 3;
  private static final GetSystemInfoRequest REQUEST = GetSystemInfoRequest.getDefaultInstance();

  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch leave = new CountDownLatch(1);
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .addService(new Operations())
            .addService(new Jobs())
            .intercept(new UserLimit(MOST))
            .intercept(
                new AuthInterceptor(
                    UserLimitTest::caller,
                    _ -> false,
                    _ -> Set.of(Role.values()),
                    new RateLimit(100, Duration.ofMinutes(1), 100, System::nanoTime)))
            .intercept(new StatusInterceptor())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    leave.countDown();
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void aUserWhoHasAllPlacesTakesNoneOfTheOthers() throws Exception {
    List<ListenableFuture<SystemInfo>> held = hold("reader one");

    StatusRuntimeException refused = refusal("reader one");
    List<ListenableFuture<SystemInfo>> others = hold("reader two");

    assertThat(refused).hasMessageContaining("a user may have 3 calls under way");
    leave.countDown();
    for (ListenableFuture<SystemInfo> each : held) {
      assertThat(each.get(5, TimeUnit.SECONDS)).isNotNull();
    }
    for (ListenableFuture<SystemInfo> each : others) {
      assertThat(each.get(5, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(OperationsGrpc.newBlockingStub(as("reader one")).getSystemInfo(REQUEST)).isNotNull();
  }

  @Test
  void aCallThatIsCancelledKeepsItsPlaceUntilItsWorkIsOver() throws Exception {
    List<ListenableFuture<SystemInfo>> held = hold("reader one");

    held.forEach(each -> each.cancel(true));

    assertThat(refusal("reader one")).isNotNull();
    leave.countDown();
    assertThat(hold("reader one")).hasSize(MOST);
  }

  @Test
  void streamsHavePlacesOfTheirOwn() throws Exception {
    var _ = hold("reader one");

    var stream =
        JobsGrpc.newBlockingStub(as("reader one")).watchJob(WatchJobRequest.getDefaultInstance());

    assertThat(stream.next()).isNotNull();
  }

  @Test
  void anOperatorIsNotBounded() throws Exception {
    var _ = hold("operator one");

    assertThat(hold("operator one")).hasSize(MOST);
  }

  // A place that was just given back may not be free yet.
  private List<ListenableFuture<SystemInfo>> hold(String user) throws InterruptedException {
    List<ListenableFuture<SystemInfo>> held = new ArrayList<>();
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (held.size() < MOST && System.nanoTime() < endNanos) {
      var call = OperationsGrpc.newFutureStub(as(user)).getSystemInfo(REQUEST);
      boolean inside = false;
      while (!inside && !call.isDone()) {
        inside = entered.tryAcquire(1, TimeUnit.MILLISECONDS);
      }
      if (inside || succeeded(call)) {
        held.add(call);
      }
    }
    assertThat(held).hasSize(MOST);
    return held;
  }

  private static boolean succeeded(ListenableFuture<SystemInfo> call) {
    return call.state() == java.util.concurrent.Future.State.SUCCESS;
  }

  private StatusRuntimeException refusal(String user) {
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () -> OperationsGrpc.newBlockingStub(as(user)).getSystemInfo(REQUEST));
  }

  private io.grpc.Channel as(String user) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + user);
    return io.grpc.ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  // A role, a blank and a name.
  private static Optional<Caller> caller(String key) {
    Role role = key.startsWith("operator") ? Role.OPERATOR : Role.READER;
    return Optional.of(new Caller(UUID.nameUUIDFromBytes(key.getBytes(UTF_8)), "aaaaaaaa", role));
  }

  private final class Operations extends OperationsGrpc.OperationsImplBase {
    @Override
    public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<SystemInfo> response) {
      entered.release();
      try {
        assertThat(leave.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      response.onNext(SystemInfo.getDefaultInstance());
      response.onCompleted();
    }
  }

  private static final class Jobs extends JobsGrpc.JobsImplBase {
    @Override
    public void watchJob(WatchJobRequest request, StreamObserver<WatchJobResponse> response) {
      response.onNext(WatchJobResponse.getDefaultInstance());
    }
  }
}
