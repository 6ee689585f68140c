package dev.scriptorium.plugin.analysis.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.AnalysisRun.MemberRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PanelTest {
  private static final Features FEATURES = new Features();
  private static final Thresholds THRESHOLDS = new Thresholds(0.5, 0.5, 0.1, Map.of());

  private final Map<Member, Judge> judges = new EnumMap<>(Member.class);
  private final Map<Member, Double> factors = new EnumMap<>(Member.class);
  private final List<Member> asked = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong();
  private Budget.@Nullable Shortage shortage;

  @Test
  void theEnsembleWeighsAllMembers() {
    says(Member.SHAPE, -1);
    says(Member.LEXICON, 3);
    says(Member.LEARNED, 1);

    Panel.Verdict verdict = panel(Mode.ENSEMBLE).judge(FEATURES);

    // The weights are 1 for shape and lexicon and 2 for the learned member.
    assertThat(verdict.opinion().odds(Output.DESCRIPTION)).isEqualTo(-1 + 3 + 2 * 1);
    assertThat(verdict.described()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aMemberThatFailsIsAskedNoMoreAndTheOthersGoOn(Mode mode) {
    says(Member.SHAPE, 2);
    says(Member.LEXICON, 2);
    judges.put(
        Member.LEARNED,
        _ -> {
          asked.add(Member.LEARNED);
          throw new IllegalStateException("broken");
        });
    Panel panel = panel(mode);

    Panel.Verdict first = panel.judge(FEATURES);
    Panel.Verdict second = panel.judge(FEATURES);

    assertThat(panel.degraded()).isTrue();
    assertThat(first.described()).isTrue();
    assertThat(second.described()).isTrue();
    assertThat(asked).containsOnlyOnce(Member.LEARNED);
  }

  @Test
  void whatIsMissingIsMadeUpForInProportion() {
    says(Member.SHAPE, 1);
    says(Member.LEXICON, 2);

    Panel.Verdict verdict = panel(Mode.ENSEMBLE).judge(FEATURES);

    assertThat(verdict.opinion().odds(Output.DESCRIPTION)).isEqualTo((1 + 2) * 4 / 2.0);
  }

  @Test
  void withoutAnyMemberNothingIsDescribed() {
    judges.put(
        Member.SHAPE,
        _ -> {
          throw new IllegalStateException("broken");
        });

    for (Mode mode : Mode.values()) {
      Panel panel = panel(mode);
      assertThat(panel.judge(FEATURES).described()).isFalse();
      assertThat(panel.degraded()).isTrue();
    }
  }

  @Test
  void oneThatFindsIsEnoughInParallel() {
    says(Member.SHAPE, -5);
    says(Member.LEXICON, 1);
    says(Member.LEARNED, -5);

    assertThat(panel(Mode.PARALLEL).judge(FEATURES).described()).isTrue();
    assertThat(panel(Mode.ENSEMBLE).judge(FEATURES).described()).isFalse();
  }

  @Test
  void aSequenceStopsAtTheShapeWhenItIsSure() {
    says(Member.SHAPE, -4);
    says(Member.LEXICON, 6);
    says(Member.LEARNED, 6);

    assertThat(panel(Mode.SEQUENTIAL).judge(FEATURES).described()).isFalse();
    assertThat(asked).containsExactly(Member.SHAPE);
  }

  @Test
  void theOthersAreAskedOnlyInDoubtWhenAdapting() {
    says(Member.LEXICON, 3);
    says(Member.LEARNED, 4);
    panel(Mode.ADAPTIVE).judge(FEATURES);
    assertThat(asked).containsExactly(Member.LEARNED);

    asked.clear();
    says(Member.LEARNED, 0.1);
    panel(Mode.ADAPTIVE).judge(FEATURES);
    assertThat(asked).containsExactly(Member.LEARNED, Member.LEXICON);
  }

  @ParameterizedTest
  @EnumSource(Budget.Shortage.class)
  void anAdaptiveSearchAsksOneAfterTheOtherOnceSomethingRunsShort(Budget.Shortage wanting) {
    says(Member.SHAPE, -4);
    says(Member.LEARNED, 4);
    Panel panel = panel(Mode.ADAPTIVE);
    panel.judge(FEATURES);
    assertThat(asked).containsExactly(Member.LEARNED);
    assertThat(panel.shortages()).isEmpty();

    asked.clear();
    shortage = wanting;
    assertThat(panel.judge(FEATURES).described()).isFalse();
    assertThat(asked).containsExactly(Member.SHAPE);

    // What was short stays so: a paragraph is not judged by how fast the one before it was.
    asked.clear();
    shortage = null;
    panel.judge(FEATURES);
    assertThat(asked).containsExactly(Member.SHAPE);
    assertThat(panel.shortages()).containsExactly(wanting.name());
    assertThat(panel.degraded()).isFalse();
  }

  @Test
  void aMemberMayCountForMoreThanItLearned() {
    says(Member.SHAPE, -1);
    says(Member.LEXICON, 3);
    says(Member.LEARNED, 2);
    factors.put(Member.SHAPE, 5.0);

    Panel.Verdict verdict = panel(Mode.ENSEMBLE).judge(FEATURES);

    // 5, 1 and 2 instead of 1, 1 and 2: in proportion, so that a sure answer stays as sure.
    assertThat(verdict.opinion().odds(Output.DESCRIPTION)).isEqualTo((-5 + 3 + 2 * 2) * 4 / 8.0);
  }

  @Test
  void thePanelSaysWhoWasAskedHowOftenAndHowLong() {
    says(Member.SHAPE, 2);
    judges.put(
        Member.LEXICON,
        _ -> {
          throw new IllegalStateException("broken");
        });
    factors.put(Member.SHAPE, 2.5);
    Panel panel = panel(Mode.PARALLEL);

    panel.judge(FEATURES);
    panel.judge(FEATURES);

    assertThat(panel.judged()).isEqualTo(2);
    assertThat(panel.members())
        .containsExactly(
            new MemberRun("SHAPE", 2.5, 2, Duration.ofNanos(2), false),
            new MemberRun("LEXICON", 1, 1, Duration.ofNanos(1), true));
  }

  private Panel panel(Mode mode) {
    List<String> lines = new ArrayList<>();
    for (Output output : Output.values()) {
      String row = "ensemble." + output.key();
      lines.add(row + " SHAPE 1");
      lines.add(row + " LEXICON 1");
      lines.add(row + " LEARNED 2");
    }
    Map<Member, Double> weights = new EnumMap<>(Member.class);
    judges.keySet().forEach(member -> weights.put(member, factors.getOrDefault(member, 1.0)));
    return new Panel(
        new Bench(judges, weights, clock::getAndIncrement),
        new Ensemble(WeightTable.of(lines)).weighing(weights),
        THRESHOLDS,
        mode,
        () -> Optional.ofNullable(shortage));
  }

  private void says(Member member, double odds) {
    judges.put(
        member,
        _ -> {
          asked.add(member);
          return Opinion.of(_ -> odds);
        });
  }
}
