package dev.scriptorium.plugin.analysis.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.Passage;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpinionTest {
  @Test
  void theLikeliestTypeIsFirstAndOthersFollowWhenTheyAreLikelyEnough() {
    Opinion opinion =
        Opinion.of(
            output ->
                switch (output) {
                  case ACTION -> 2;
                  case CHARACTER -> 0;
                  default -> -3;
                });

    assertThat(opinion.types(further(0.4)))
        .containsExactly(Passage.Type.ACTION, Passage.Type.CHARACTER);
    assertThat(opinion.types(further(0.6))).containsExactly(Passage.Type.ACTION);
    assertThat(opinion.types(further(0.99))).containsExactly(Passage.Type.ACTION);
  }

  private static Map<Passage.Type, Double> further(double least) {
    return Arrays.stream(Passage.Type.values())
        .collect(Collectors.toMap(Function.identity(), _ -> least));
  }

  @Test
  void thePriorityIsTheExpectedLabelOfAHundred() {
    assertThat(Opinion.of(_ -> 0).priority()).isEqualTo(50);
    assertThat(Opinion.of(_ -> 40).priority()).isEqualTo(100);
    assertThat(Opinion.of(_ -> Double.NEGATIVE_INFINITY).priority()).isZero();
  }
}
