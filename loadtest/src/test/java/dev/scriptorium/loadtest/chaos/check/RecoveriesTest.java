package dev.scriptorium.loadtest.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveriesTest {
  private static final Intent WORK =
      new Intent("a", "chaos-work", "", List.of("SUCCEEDED"), "", 1, 0);
  private static final Intent OTHER =
      new Intent("b", "chaos-work", "", List.of("SUCCEEDED"), "", 1, 0);

  @Test
  void aKilledRunnersJobHasToRunAgainInTime() {
    assertThat(killedThenRunning(900).late()).isEmpty();
    assertThat(killedThenRunning(900).times()).isEqualTo(Map.of("kill-runner", List.of(900L)));
    assertThat(killedThenRunning(1_100).late()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kill-runner", "kill-worker"})
  void whileAllOthersAreAtWorkNoJobCanRunAgain(String kind) {
    RecordedRun run = new RecordedRun().acked(OTHER, 2).at(1_050).begun(OTHER, 2, 1).at(1_000);
    run.acked(WORK, 1).begun(WORK, 1, 1).at(1_100).killed(kind, 10);
    run.ended(1, 1, "RELEASED", "SIGNAL", false, "t1").at(4_000);
    run.executed("end", OTHER, 2, 1, 1).ended(2, 1, "SUCCEEDED", "", true, "t1").at(4_300);
    run.attempt(WORK, 1, 2, "SUCCEEDED", "");

    assertThat(new Recoveries(run.records()).times()).isEqualTo(Map.of(kind, List.of(300L)));
  }

  @Test
  void aRunnerThatIsLeftAndFreeHasToRunAKilledWorkersJob() {
    RecordedRun run = new RecordedRun().at(1_000).acked(WORK, 1).begun(WORK, 1, 1).at(1_100);
    run.killed("kill-worker", 10).ended(1, 1, "LOST", "", false, "t1").at(8_100);
    run.attempt(WORK, 1, 2, "SUCCEEDED", "");

    Recoveries recoveries = new Recoveries(run.records());
    assertThat(recoveries.times()).isEqualTo(Map.of("kill-worker", List.of(7_000L)));
    assertThat(recoveries.late()).hasSize(1);
  }

  @Test
  void aFaultThatIsNotAloneIsNotMeasured() {
    RecordedRun run = run(9_000).fault("freeze-server", 7_000, 8_000);

    assertThat(new Recoveries(run.records()).times()).isEmpty();
  }

  @Test
  void norIsARunnerWhoseFellowFellByPoison() {
    RecordedRun run = new RecordedRun().acked(OTHER, 2).at(1_050).begun(OTHER, 2, 1).at(1_000);
    run.ended(2, 1, "CRASHED", "EXIT", false, "t1").acked(WORK, 1).begun(WORK, 1, 1).at(1_100);
    run.killed(10).ended(1, 1, "RELEASED", "SIGNAL", false, "t1").at(9_000);
    run.attempt(WORK, 1, 2, "SUCCEEDED", "");

    assertThat(new Recoveries(run.records()).times()).isEmpty();
  }

  @Test
  void aJobThatHasEndedARunnerBeforeDoesNotCount() {
    RecordedRun run = new RecordedRun().at(1_000).acked(WORK, 1);
    run.attempt(WORK, 1, 1, "CRASHED", "EXIT").at(10_000).begun(WORK, 1, 2).at(10_100);
    run.killed(10).ended(1, 2, "RELEASED", "SIGNAL", false, "t2").at(19_000);
    run.attempt(WORK, 1, 3, "SUCCEEDED", "");

    assertThat(new Recoveries(run.records()).times()).isEmpty();
  }

  private static Recoveries killedThenRunning(long millis) {
    return new Recoveries(run(millis).records());
  }

  private static RecordedRun run(long millis) {
    RecordedRun run = new RecordedRun().at(1_000).acked(WORK, 1).begun(WORK, 1, 1).at(1_100);
    run.killed(10).ended(1, 1, "RELEASED", "SIGNAL", false, "t1").at(1_100 + millis);
    return run.attempt(WORK, 1, 2, "SUCCEEDED", "");
  }
}
