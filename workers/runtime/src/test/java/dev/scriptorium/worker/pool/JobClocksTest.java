package dev.scriptorium.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.worker.pool.JobClocks.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobClocksTest {
  private final JobClocks clocks =
      new JobClocks(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(2), at(0));

  @Test
  void silenceBeyondTheStallDeadlineKills() {
    assertThat(clocks.verdict(at(3))).isEqualTo(Verdict.WAIT);
    assertThat(clocks.verdict(at(3.1))).isEqualTo(Verdict.KILL_STALLED);
  }

  @Test
  void signsOfLifeHoldTheStallDeadlineOff() {
    clocks.sign(at(2.9));

    assertThat(clocks.verdict(at(5.8))).isEqualTo(Verdict.WAIT);
  }

  @Test
  void afterTheTotalTimeTheJobIsAskedAndThenKilled() {
    clocks.sign(at(9));
    assertThat(clocks.verdict(at(10.1))).isEqualTo(Verdict.ASK_TO_STOP);

    clocks.stopped(false, at(10.1));
    clocks.sign(at(13));

    assertThat(clocks.late()).isTrue();
    assertThat(clocks.verdict(at(13))).isEqualTo(Verdict.WAIT);
    assertThat(clocks.verdict(at(13.2))).isEqualTo(Verdict.KILL_LATE);
  }

  @Test
  void aDiscardedJobHasTheGraceAlone() {
    clocks.sign(at(5));
    clocks.stopped(true, at(5));

    assertThat(clocks.late()).isFalse();
    assertThat(clocks.verdict(at(7))).isEqualTo(Verdict.WAIT);
    assertThat(clocks.verdict(at(7.1))).isEqualTo(Verdict.KILL_LATE);
  }

  @Test
  void discardingALateJobStartsTheGraceAnew() {
    clocks.sign(at(9));
    clocks.stopped(false, at(10));
    clocks.sign(at(11));
    clocks.stopped(true, at(11));

    assertThat(clocks.verdict(at(12.9))).isEqualTo(Verdict.WAIT);
    assertThat(clocks.verdict(at(13.1))).isEqualTo(Verdict.KILL_LATE);
  }

  private static long at(double seconds) {
    return (long) (seconds * 1e9);
  }

  @Test
  void aPatientKindDoesNotStretchTheTimeToStop() {
    JobClocks patient =
        new JobClocks(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(2), at(0));
    patient.stopped(false, at(10));

    assertThat(patient.verdict(at(14.9))).isEqualTo(Verdict.WAIT);
    assertThat(patient.verdict(at(15.1))).isEqualTo(Verdict.KILL_LATE);
  }
}
