package dev.scriptorium.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.externalscaler.ExternalScalerGrpc;
import dev.scriptorium.externalscaler.GetMetricsRequest;
import dev.scriptorium.externalscaler.IsActiveResponse;
import dev.scriptorium.externalscaler.MetricSpec;
import dev.scriptorium.externalscaler.MetricValue;
import dev.scriptorium.externalscaler.ScaledObjectRef;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.TestEngine;
import dev.scriptorium.v1.CancelJobRequest;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.KindStatus;
import dev.scriptorium.v1.UpdateKindRequest;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What KEDA is told, by a client made from its protocol; {@link ScalerWireTest} checks that. */
@Timeout(60)
final class ScalerTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  // What the servers of other tests have left is counted as well: every test has its own kinds.
  private final String kind = "scan-" + UUID.randomUUID();
  private final String other = "print-" + UUID.randomUUID();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private FleetRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new FleetRig(database, folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void adviceRisesWithRunnableWorkAndIsZeroWhenIdle() {
    assertThat(active(kind)).isFalse();
    assertThat(wanted(kind)).isZero();

    enqueue(kind, 6);
    assertThat(active(kind)).isTrue();
    assertThat(wanted(kind)).isEqualTo(3);

    List<Job> more = enqueue(kind, 6);
    assertThat(wanted(kind)).isEqualTo(6);

    more.forEach(this::cancel);
    assertThat(wanted(kind)).isEqualTo(3);
  }

  @Test
  void whatWaitsForAnotherJobDoesNotCount() {
    UUID book = UUID.randomUUID();
    rig.test()
        .enqueue(
            TestEngine.job(rig.owner(), book, kind),
            TestEngine.job(rig.owner(), book, other, -1L),
            TestEngine.job(rig.owner(), book, other, -1L),
            TestEngine.job(rig.owner(), book, other, -1L));

    assertThat(wanted(kind + ", " + other)).isEqualTo(1);
    assertThat(active(other)).isFalse();
  }

  @Test
  void whatIsPausedDoesNotCountUntilItIsResumed() {
    enqueue(kind, 4);

    pause(kind, true);
    assertThat(active(kind)).isFalse();
    assertThat(wanted(kind)).isZero();

    pause(kind, false);
    assertThat(active(kind)).isTrue();
    assertThat(wanted(kind)).isEqualTo(2);
  }

  @Test
  void runningWorkCountsAndOtherKindsDoNot() throws Exception {
    enqueue("parse", 1);
    TestWorker worker = new TestWorker(rig.channel());
    worker.hello("w", "1");
    assertThat(worker.next().hasWelcome()).isTrue();
    worker.heartbeat(1);
    worker.accept(worker.next().getOffer().getId());

    assertThat(wanted("parse, " + kind)).isPositive();
    assertThat(active("parse, " + kind)).isTrue();
    assertThat(active(kind)).isFalse();
    assertThat(wanted(kind)).isZero();
  }

  @Test
  void theStreamTellsTheStateAtOnceAndWhenItChanges() {
    Iterator<IsActiveResponse> states = keda().streamIsActive(ref(Map.of("kinds", kind)));
    assertThat(states.next().getResult()).isFalse();

    List<Job> jobs = enqueue(kind, 1);
    assertThat(states.next().getResult()).isTrue();

    jobs.forEach(this::cancel);
    assertThat(states.next().getResult()).isFalse();
  }

  @Test
  void theMetricIsOneAWorker() {
    MetricSpec spec = keda().getMetricSpec(ref(Map.of())).getMetricSpecs(0);

    assertThat(spec.getMetricName()).isEqualTo("wanted_workers");
    assertThat(spec.getTargetSize()).isEqualTo(1);
    assertThat(spec.getTargetSizeFloat()).isEqualTo(1.0);
  }

  @Test
  void metadataThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> keda().isActive(ref(Map.of("target_drain_seconds", "soon"))))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("scalerMetadata.target_drain_seconds")
        .hasMessageContaining("1 to 86400 seconds");
  }

  private List<Job> enqueue(String kind, int count) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.addAll(rig.test().enqueue(TestEngine.job(rig.owner(), kind)));
    }
    return jobs;
  }

  private void cancel(Job job) {
    var _ =
        JobsGrpc.newBlockingStub(rig.channel())
            .cancelJob(CancelJobRequest.newBuilder().setName("jobs/" + job.id()).build());
  }

  private void pause(String kind, boolean paused) {
    var _ =
        JobsGrpc.newBlockingStub(rig.channel())
            .updateKind(
                UpdateKindRequest.newBuilder()
                    .setKind(KindStatus.newBuilder().setKind(kind).setPaused(paused))
                    .build());
  }

  private ExternalScalerGrpc.ExternalScalerBlockingStub keda() {
    return ExternalScalerGrpc.newBlockingStub(rig.channel())
        .withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  private static ScaledObjectRef ref(Map<String, String> metadata) {
    return ScaledObjectRef.newBuilder()
        .setName("workers")
        .setNamespace("default")
        .putAllScalerMetadata(metadata)
        .build();
  }

  private boolean active(String kinds) {
    return keda().isActive(ref(Map.of("kinds", kinds))).getResult();
  }

  // In 10 s; of the jobs nothing is known, so they count 10 s each: 2 want a worker of 2 slots.
  private long wanted(String kinds) {
    Map<String, String> metadata = Map.of("kinds", kinds, "target_drain_seconds", "10");
    MetricValue value =
        keda()
            .getMetrics(
                GetMetricsRequest.newBuilder()
                    .setScaledObjectRef(ref(metadata))
                    .setMetricName("wanted_workers")
                    .build())
            .getMetricValues(0);
    assertThat(value.getMetricName()).isEqualTo("wanted_workers");
    assertThat(value.getMetricValueFloat()).isEqualTo((double) value.getMetricValue());
    return value.getMetricValue();
  }
}
