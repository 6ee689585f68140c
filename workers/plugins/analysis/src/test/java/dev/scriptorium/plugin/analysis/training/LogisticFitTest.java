package dev.scriptorium.plugin.analysis.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticFitTest {
  private final List<double[]> rows = new ArrayList<>();
  private final List<Boolean> answers = new ArrayList<>();

  @Test
  void theWeightsThatMadeTheAnswersAreFound() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      double[] row = {random.nextGaussian(), random.nextGaussian(), 1};
      double odds = 2 * row[0] - row[1] + 0.5;
      rows.add(row);
      answers.add(random.nextDouble() < 1 / (1 + Math.exp(-odds)));
    }

    double[] weights = LogisticFit.weights(rows, answers, 1);

    assertThat(weights).containsExactly(new double[] {2, -1, 0.5}, within(0.1));
  }

  @Test
  void rowsThatAreToldApartWithoutFailGiveWeightsThatStayFinite() {
    for (int i = 0; i < 10; i++) {
      rows.add(new double[] {i < 5 ? -1 : 1, 1});
      answers.add(i >= 5);
    }

    assertThat(LogisticFit.weights(rows, answers, 1)[0]).isBetween(1.0, 3.0);
  }

  @Test
  void whatFewRowsTeachStaysNearWhatIsExpected() {
    rows.add(new double[] {1, 1});
    answers.add(true);

    double[] weights = LogisticFit.weights(rows, answers, 1000, new double[] {0.5, 0});

    assertThat(weights[0]).isCloseTo(0.5, within(0.01));
  }

  @Test
  void rowsWithoutAnswersAreRefused() {
    rows.add(new double[] {1});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogisticFit.weights(rows, answers, 1))
        .withMessageContaining("1 rows, 0 answers");
  }
}
