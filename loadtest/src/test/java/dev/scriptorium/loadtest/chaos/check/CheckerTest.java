package dev.scriptorium.loadtest.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.loadtest.chaos.check.Records.Quiet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckerTest {
  private static final Intent WORK = honest("a", "");
  private static final Intent OTHER = honest("b", "");
  private static final Intent SLOW =
      new Intent("a", "chaos-work", "", List.of("SUCCEEDED"), "", 20, 500);
  private static final Intent POISON =
      new Intent("p", "chaos-heap", "", List.of("QUARANTINED"), "OOM_HEAP", 1, 0);

  @Test
  void aGoodRunIsGood() {
    RecordedRun run =
        new RecordedRun()
            .acked(WORK, 1)
            .killed(10)
            .attempt(WORK, 1, 1, "CRASHED", "SIGNAL")
            .attempt(WORK, 1, 2, "SUCCEEDED", "")
            .acked(POISON, 2)
            .attempt(POISON, 2, 1, "CRASHED", "OOM_HEAP")
            .attempt(POISON, 2, 2, "LOST", "")
            .attempt(POISON, 2, 3, "CRASHED", "OOM_HEAP")
            .attempt(POISON, 2, 4, "QUARANTINED", "OOM_HEAP");

    assertThat(run.broken()).isEmpty();
  }

  @Test
  void anAcknowledgedJobThatIsGoneIsLost() {
    assertThat(new RecordedRun().acked(WORK, 1).lost(1).broken()).containsExactly("I1");
  }

  @Test
  void aJobThatNeverEndsIsLost() {
    assertThat(new RecordedRun().acked(WORK, 1).begun(WORK, 1, 1).broken())
        .containsExactly("I1", "I11");
  }

  @Test
  void aRequestWithoutAnAnswerIsAViolation() {
    assertThat(done(WORK, 1).wanted(OTHER).broken()).containsExactly("I1");
  }

  @Test
  void aRepeatedRequestMustGiveTheFirstAnswer() {
    RecordedRun run = done(WORK, 1).acked(OTHER, 2).attempt(OTHER, 2, 1, "SUCCEEDED", "");

    assertThat(run.told("r-a", 2).broken()).contains("I1");
  }

  @Test
  void aJobThatIsThereTwiceIsDoubled() {
    RecordedRun run = done(WORK, 1).row("a", "chaos-work", 2).attempt(WORK, 2, 1, "SUCCEEDED", "");

    assertThat(run.broken()).containsExactly("I2");
  }

  @Test
  void aSecondSuccessIsADoubledEffect() {
    RecordedRun run = done(WORK, 1).attempt(WORK, 1, 2, "SUCCEEDED", "");

    assertThat(run.broken()).contains("I2", "I3");
  }

  @Test
  void aSuccessThatNoRunnerHasFinishedIsFalse() {
    RecordedRun run =
        new RecordedRun().acked(WORK, 1).begun(WORK, 1, 1).ended(1, 1, "SUCCEEDED", "", true, "t1");

    assertThat(run.broken()).containsExactly("I2");
  }

  @Test
  void twoEndsOfOneAttemptAreAHole() {
    RecordedRun run = done(WORK, 1).ended(1, 1, "LOST", "", false, "");

    assertThat(run.broken()).contains("I3");
  }

  @Test
  void aMissingAttemptIsAHole() {
    RecordedRun run = new RecordedRun().acked(WORK, 1).attempt(WORK, 1, 2, "SUCCEEDED", "");

    assertThat(run.broken()).containsExactly("I3");
  }

  @Test
  void whoeverHasNotTheTokenMustNotBeBelieved() {
    RecordedRun run =
        new RecordedRun()
            .acked(WORK, 1)
            .begun(WORK, 1, 1)
            .executed("end", WORK, 1, 1, 1)
            .ended(1, 1, "SUCCEEDED", "", true, "stolen");

    assertThat(run.broken()).containsExactly("I4");
  }

  @Test
  void anHonestJobMustNotDieOfMemory() {
    RecordedRun run =
        new RecordedRun()
            .acked(WORK, 1)
            .attempt(WORK, 1, 1, "CRASHED", "OOM_CGROUP")
            .attempt(WORK, 1, 2, "SUCCEEDED", "");

    assertThat(run.broken()).containsExactly("I5", "I6");
  }

  @Test
  void poisonThatRunsFourTimesIsOnceTooOften() {
    RecordedRun run = new RecordedRun().acked(POISON, 1);
    for (int attempt = 1; attempt <= 3; attempt++) {
      run.attempt(POISON, 1, attempt, "CRASHED", "OOM_HEAP");
    }

    assertThat(run.attempt(POISON, 1, 4, "QUARANTINED", "OOM_HEAP").broken()).containsExactly("I6");
  }

  @Test
  void poisonMustBeBlamedForWhatItDid() {
    RecordedRun run = new RecordedRun().acked(POISON, 1);
    run.attempt(POISON, 1, 1, "CRASHED", "EXIT");
    run.attempt(POISON, 1, 2, "CRASHED", "OOM_HEAP");

    assertThat(run.attempt(POISON, 1, 3, "QUARANTINED", "OOM_HEAP").broken()).containsExactly("I6");
  }

  @Test
  void jobsOfAKeyMustNotOverlap() {
    Intent first = honest("a", "k");
    Intent second = honest("b", "k");
    RecordedRun run =
        new RecordedRun()
            .acked(first, 1)
            .acked(second, 2)
            .attempt(first, 1, 1, "SUCCEEDED", "")
            .at(1_500)
            .attempt(second, 2, 1, "SUCCEEDED", "");

    assertThat(run.broken()).containsExactly("I8");
  }

  @Test
  void jobsOfAKeyMustRunInTheirOrder() {
    Intent first = honest("a", "k");
    Intent second = honest("b", "k");
    RecordedRun run =
        new RecordedRun()
            .acked(first, 1)
            .at(1_010)
            .acked(second, 2)
            .attempt(second, 2, 1, "SUCCEEDED", "")
            .attempt(first, 1, 1, "SUCCEEDED", "");

    assertThat(run.broken()).containsExactly("I12");
  }

  @Test
  void whatArrivesWhenAllIsOverIsNotTheExecutionThatCounted() {
    Intent first = honest("a", "k");
    Intent second = honest("b", "k");
    RecordedRun run =
        new RecordedRun()
            .acked(first, 1)
            .at(1_010)
            .acked(second, 2)
            .attempt(first, 1, 1, "SUCCEEDED", "")
            .attempt(second, 2, 1, "SUCCEEDED", "")
            .at(9_000)
            .executed("start", first, 1, 1, 0)
            .at(9_020)
            .executed("end", first, 1, 1, 1);

    assertThat(run.broken()).doesNotContain("I8", "I12");
  }

  @Test
  void jobsThatWereWantedAtOnceHaveNoOrder() {
    Intent first = honest("a", "k");
    Intent second = honest("b", "k");
    RecordedRun run = new RecordedRun().wanted(first).wanted(second).at(1_010);
    run.told("r-a", 1).row("a", "chaos-work", 1).told("r-b", 2).row("b", "chaos-work", 2);
    run.attempt(second, 2, 1, "SUCCEEDED", "").attempt(first, 1, 1, "SUCCEEDED", "");

    assertThat(run.broken()).isEmpty();
  }

  @Test
  void theNextAttemptMustNotBeginAnew() {
    assertThat(workedForSeconds(7).broken()).containsExactly("I10");
  }

  @Test
  void whatCouldNotBeSavedMayBeDoneAgain() {
    RecordedRun run = workedForSeconds(7).fault("black-hole", 2_000, 6_000);

    assertThat(run.broken()).isEmpty();
  }

  @Test
  void anAttemptThatTheLedgerDoesNotKnowBeginsAnew() {
    RecordedRun run = new RecordedRun().acked(SLOW, 1).begun(SLOW, 1, 1);
    run.executed("step", SLOW, 1, 1, 0).at(9_000);
    run.executed("start", SLOW, 1, 1, 0).executed("step", SLOW, 1, 1, 0);
    run.executed("end", SLOW, 1, 1, 20);

    assertThat(run.ended(1, 1, "SUCCEEDED", "", true, "t1").broken()).isEmpty();
  }

  private static RecordedRun workedForSeconds(int seconds) {
    RecordedRun run = new RecordedRun().acked(SLOW, 1).begun(SLOW, 1, 1);
    for (int step = 0; step < seconds * 2; step++) {
      run.executed("step", SLOW, 1, 1, step).at(1_500 + step * 500L);
    }
    run.ended(1, 1, "LOST", "", false, "").begun(SLOW, 1, 2).executed("step", SLOW, 1, 2, 0);
    return run.executed("end", SLOW, 1, 2, 20).ended(1, 2, "SUCCEEDED", "", true, "t2");
  }

  @Test
  void theSystemMustComeToRest() {
    RecordedRun busy = done(WORK, 1).quiet(new Quiet(0, 10, 0, 9, 0, 2, 4, List.of()));
    RecordedRun loud = done(WORK, 1).quiet(new Quiet(0, 10, 0, 1, 1, 2, 4, List.of()));
    RecordedRun untidy = done(WORK, 1).quiet(new Quiet(0, 10, 0, 1, 0, 2, 4, List.of("a file")));
    RecordedRun late = done(WORK, 1).quiet(new Quiet(0, 70_000, 0, 1, 0, 2, 4, List.of()));

    assertThat(busy.broken()).containsExactly("I13");
    assertThat(loud.broken()).containsExactly("I13");
    assertThat(untidy.broken()).containsExactly("I11");
    assertThat(late.broken()).containsExactly("I1");
  }

  private static RecordedRun done(Intent intent, long job) {
    return new RecordedRun().acked(intent, job).attempt(intent, job, 1, "SUCCEEDED", "");
  }

  private static Intent honest(String name, String key) {
    return new Intent(name, "chaos-work", key, List.of("SUCCEEDED"), "", 1, 0);
  }
}
