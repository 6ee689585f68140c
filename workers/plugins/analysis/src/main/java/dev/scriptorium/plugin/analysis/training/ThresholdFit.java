package dev.scriptorium.plugin.analysis.training;

import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.analysis.members.Ensemble;
import dev.scriptorium.plugin.analysis.members.Member;
import dev.scriptorium.plugin.analysis.members.Opinion;
import dev.scriptorium.plugin.analysis.members.Output;
import dev.scriptorium.plugin.analysis.members.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Chooses thresholds by what members said of texts that they never saw. */
final class ThresholdFit {
  private static final double KEPT = 0.98;
  // With some hundreds of paragraphs smaller differences are chance.
  private static final double AS_GOOD = 0.03;

  private final List<Answer> answers;
  private final Function<Answer, Opinion> together;

  private ThresholdFit(List<Answer> answers, Ensemble ensemble) {
    this.answers = answers;
    this.together = answer -> ensemble.combine(answer.opinions());
  }

  /** The thresholds as lines of a table. */
  static List<String> lines(List<Answer> answers, Ensemble ensemble) {
    ThresholdFit fit = new ThresholdFit(answers, ensemble);
    List<String> lines = new ArrayList<>();
    lines.add(line("SINGLE", fit.description(answer -> answer.by(Member.LEARNED))));
    lines.add(line("ENSEMBLE", fit.description(fit.together)));
    lines.add(line("SHAPE", fit.keeping(answer -> answer.by(Member.SHAPE))));
    for (Passage.Type type : Passage.Type.values()) {
      lines.add(line(type.name(), fit.type(type)));
    }
    return lines;
  }

  private static String line(String column, double threshold) {
    return String.format(Locale.ROOT, "%s %s %.3f", Thresholds.NAME, column, threshold);
  }

  /** The middle of the thresholds at which F1 is as good as the best. */
  private double description(Function<Answer, Opinion> by) {
    double best = 0;
    for (double threshold : thresholds(0.3, 0.6)) {
      best = Math.max(best, f1(by, Output.DESCRIPTION, threshold));
    }
    double sum = 0;
    int good = 0;
    for (double threshold : thresholds(0.3, 0.6)) {
      if (f1(by, Output.DESCRIPTION, threshold) >= best - AS_GOOD) {
        sum += threshold;
        good++;
      }
    }
    return sum / good;
  }

  /** The highest threshold that keeps nearly all descriptions. */
  private double keeping(Function<Answer, Opinion> by) {
    long described = count(a -> a.label().answer(Output.DESCRIPTION));
    double highest = 0;
    for (double threshold : thresholds(0.02, 0.5)) {
      long kept =
          count(
              a ->
                  says(by, a, Output.DESCRIPTION, threshold)
                      && a.label().answer(Output.DESCRIPTION));
      highest = kept >= KEPT * described ? threshold : highest;
    }
    return highest;
  }

  /** Half of the best F1: where taking one more paragraph raises F1 no more, on the average. */
  private double type(Passage.Type type) {
    double best = 0;
    for (double threshold : thresholds(0.1, 0.6)) {
      best = Math.max(best, f1(together, Output.of(type), threshold));
    }
    return best / 2;
  }

  private double f1(Function<Answer, Opinion> by, Output output, double threshold) {
    long said = count(a -> says(by, a, output, threshold));
    long truth = count(a -> a.label().answer(output));
    long hits = count(a -> says(by, a, output, threshold) && a.label().answer(output));
    return said + truth == 0 ? 0 : 2.0 * hits / (said + truth);
  }

  private static boolean says(
      Function<Answer, Opinion> by, Answer answer, Output output, double threshold) {
    return by.apply(answer).probability(output) >= threshold;
  }

  /** In steps of a hundredth. */
  private static double[] thresholds(double from, double to) {
    return IntStream.rangeClosed((int) StrictMath.rint(from * 100), (int) StrictMath.rint(to * 100))
        .mapToDouble(hundredths -> hundredths / 100.0)
        .toArray();
  }

  private long count(Predicate<Answer> condition) {
    return answers.stream().filter(condition).count();
  }
}
