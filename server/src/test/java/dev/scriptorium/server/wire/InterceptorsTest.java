package dev.scriptorium.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.scriptorium.server.blob.DiskFullException;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.GetSystemInfoRequest;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.OperationsGrpc;
import dev.scriptorium.v1.SystemInfo;
import dev.scriptorium.v1.WatchJobRequest;
import dev.scriptorium.v1.WatchJobResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterceptorsTest {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
  private static final Caller CALLER = new Caller(new UUID(0, 1), "aaaaaaaa", Role.READER);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Drain drain = new Drain();
  private volatile Consumer<StreamObserver<SystemInfo>> method =
      response -> {
        response.onNext(SystemInfo.getDefaultInstance());
        response.onCompleted();
      };
  private final CountDownLatch streamOpen = new CountDownLatch(1);
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
            .intercept(
                new AuthInterceptor(
                    new Keys(),
                    _ -> false,
                    called ->
                        called.endsWith("/GetJob") ? Set.of(Role.OPERATOR) : Set.of(Role.READER),
                    new RateLimit(100, Duration.ofMinutes(1), 100, System::nanoTime)))
            .intercept(new DeadlineInterceptor(Duration.ofSeconds(2), timer))
            .intercept(drain)
            .intercept(
                new LoadLimit(new LoadLimit.Most(1, 1), new LoadLimit.Most(1, 1), _ -> false))
            .intercept(new StatusInterceptor())
            .intercept(new RequestId(RandomGenerator.getDefault()))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    timer.shutdownNow();
  }

  @Test
  void theCallerIsKnownToTheMethod() {
    AtomicReference<Caller> seen = new AtomicReference<>();
    method =
        response -> {
          seen.set(Caller.current());
          response.onNext(SystemInfo.getDefaultInstance());
          response.onCompleted();
        };

    operations("Bearer good").getSystemInfo(GetSystemInfoRequest.getDefaultInstance());

    assertThat(seen).hasValue(CALLER);
  }

  @Test
  void aKeyThatWasGoodOfLateIsLookedAtHoweverManyAreWrong() {
    StatusRuntimeException last = failure("Bearer bad");
    for (int i = 0; i < 100; i++) {
      last = failure("Bearer bad");
    }

    assertThat(info(last).getReason()).isEqualTo("RATE_LIMITED");
    assertThat(info(failure("Bearer good")).getReason()).isEqualTo("RATE_LIMITED");
    operations("Bearer familiar").getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
  }

  @Test
  void aMissingOrUnknownKeyIsRefused() {
    for (String header : new String[] {"", "Basic good", "Bearer bad"}) {
      StatusRuntimeException e = failure(header);

      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(info(e).getReason()).isEqualTo("API_KEY_INVALID");
    }
  }

  @Test
  void aRoleThatMayNotIsTold() {
    StatusRuntimeException e =
        catchFailure(
            () ->
                JobsGrpc.newBlockingStub(channel)
                    .withInterceptors(
                        MetadataUtils.newAttachHeadersInterceptor(headers("Bearer good")))
                    .getJob(dev.scriptorium.v1.GetJobRequest.getDefaultInstance()));

    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(info(e).getReason()).isEqualTo("ROLE_NOT_ALLOWED");
    assertThat(info(e).getMetadataMap())
        .containsEntry("role", "reader")
        .containsEntry("method", "scriptorium.v1.Jobs/GetJob");
  }

  @Test
  void anExceptionBecomesItsReasonWithARetryTime() {
    method =
        _ -> {
          throw new ApiException(
              ErrorReason.ERROR_REASON_BACKLOG_FULL,
              "too many jobs wait",
              Map.of("limit", "10"),
              Duration.ofMillis(1500));
        };

    StatusRuntimeException e = failure("Bearer good");

    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(info(e).getReason()).isEqualTo("BACKLOG_FULL");
    assertThat(info(e).getDomain()).isEqualTo("scriptorium.dev");
    assertThat(info(e).getMetadataMap()).containsEntry("limit", "10");
    assertThat(retry(e).getRetryDelay())
        .isEqualTo(
            com.google.protobuf.Duration.newBuilder().setSeconds(1).setNanos(500_000_000).build());
  }

  @Test
  void anExceptionGivenToTheObserverIsMappedLikeAThrownOne() {
    method = response -> response.onError(new DiskFullException("secret path", 512));

    StatusRuntimeException e = failure("Bearer good");

    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(info(e).getReason()).isEqualTo("DISK_FULL");
    assertThat(e.getMessage()).doesNotContain("secret");
  }

  @Test
  void anOutageOfTheDatabaseAsksForARetry() {
    method =
        _ -> {
          throw new IllegalStateException(new SQLException("connection to secret host", "08006"));
        };

    StatusRuntimeException e = failure("Bearer good");

    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(info(e).getReason()).isEqualTo("DATABASE_UNAVAILABLE");
    assertThat(retry(e).getRetryDelay().getSeconds()).isPositive();
    assertThat(e.getMessage()).doesNotContain("secret");
  }

  @Test
  void anUnforeseenExceptionTellsNothingButTheRequestId() {
    method =
        _ -> {
          throw new IllegalStateException("select secret from book");
        };

    StatusRuntimeException e = failure("Bearer good");

    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(info(e).getReason()).isEqualTo("INTERNAL");
    assertThat(e.getMessage()).doesNotContain("secret");
    assertThat(info(e).getMetadataMap().get("request_id"))
        .isEqualTo(Objects.requireNonNull(e.getTrailers()).get(REQUEST_ID));
  }

  @Test
  void theCallersRequestIdIsSentBack() {
    Metadata sent = headers("Bearer bad");
    sent.put(REQUEST_ID, "my-id-1");
    StatusRuntimeException e =
        catchFailure(
            () ->
                OperationsGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(sent))
                    .getSystemInfo(GetSystemInfoRequest.getDefaultInstance()));

    assertThat(Objects.requireNonNull(e.getTrailers()).get(REQUEST_ID)).isEqualTo("my-id-1");
  }

  @Test
  void aCallWithoutADeadlineGetsOne() {
    method = _ -> {};

    StatusRuntimeException e = failure("Bearer good");

    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }

  @Test
  void aCallTooManyIsRefusedAtOnceAndThePlaceIsFreedAgain() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Consumer<StreamObserver<SystemInfo>> quick = method;
    method =
        response -> {
          entered.countDown();
          awaitQuietly(leave);
          quick.accept(response);
        };
    Thread first =
        Thread.startVirtualThread(
            () ->
                operations("Bearer good").getSystemInfo(GetSystemInfoRequest.getDefaultInstance()));
    assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();

    StatusRuntimeException e = failure("Bearer good");
    leave.countDown();
    assertThat(first.join(Duration.ofSeconds(5))).isTrue();
    method = quick;

    assertThat(info(e).getReason()).isEqualTo("OVERLOADED");
    assertThat(operations("Bearer good").getSystemInfo(GetSystemInfoRequest.getDefaultInstance()))
        .isNotNull();
  }

  @Test
  void aDrainClosesStreamsAndRefusesNewCalls() throws Exception {
    Iterator<WatchJobResponse> stream =
        JobsGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers("Bearer good")))
            .watchJob(WatchJobRequest.getDefaultInstance());
    assertThat(stream.next()).isNotNull();
    assertThat(streamOpen.await(5, TimeUnit.SECONDS)).isTrue();

    drain.begin();
    boolean idle = drain.awaitRequests(Duration.ofSeconds(5));
    drain.closeStreams();

    assertThat(idle).isTrue();
    assertThat(info(catchFailure(stream::hasNext)).getReason()).isEqualTo("SHUTTING_DOWN");
    assertThat(info(failure("Bearer good")).getReason()).isEqualTo("SHUTTING_DOWN");
  }

  private OperationsGrpc.OperationsBlockingStub operations(String authorization) {
    return OperationsGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(authorization)));
  }

  private StatusRuntimeException failure(String authorization) {
    return catchFailure(
        () -> operations(authorization).getSystemInfo(GetSystemInfoRequest.getDefaultInstance()));
  }

  private static StatusRuntimeException catchFailure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return Assertions.catchThrowableOfType(StatusRuntimeException.class, call);
  }

  private static Metadata headers(String authorization) {
    Metadata headers = new Metadata();
    if (!authorization.isEmpty()) {
      headers.put(AUTHORIZATION, authorization);
    }
    return headers;
  }

  private static ErrorInfo info(StatusRuntimeException e) {
    return detail(e, 0, ErrorInfo.class);
  }

  private static RetryInfo retry(StatusRuntimeException e) {
    return detail(e, 1, RetryInfo.class);
  }

  private static <T extends com.google.protobuf.Message> T detail(
      StatusRuntimeException e, int index, Class<T> type) {
    try {
      return Objects.requireNonNull(StatusProto.fromThrowable(e)).getDetails(index).unpack(type);
    } catch (IOException damaged) {
      throw new AssertionError(damaged);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private final class Operations extends OperationsGrpc.OperationsImplBase {
    @Override
    public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<SystemInfo> response) {
      method.accept(response);
    }
  }

  private final class Jobs extends JobsGrpc.JobsImplBase {
    @Override
    public void watchJob(WatchJobRequest request, StreamObserver<WatchJobResponse> response) {
      response.onNext(WatchJobResponse.newBuilder().setJob(Job.getDefaultInstance()).build());
      streamOpen.countDown();
    }
  }

  /** Two good keys, one of which was good before. */
  private static final class Keys implements Callers {
    @Override
    public Optional<Caller> caller(String key) {
      return Set.of("good", "familiar").contains(key) ? Optional.of(CALLER) : Optional.empty();
    }

    @Override
    public boolean familiar(String key) {
      return key.equals("familiar");
    }
  }
}
