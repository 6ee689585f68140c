package dev.scriptorium.plugin.analysis.training;

import dev.scriptorium.plugin.analysis.members.Ensemble;
import dev.scriptorium.plugin.analysis.members.LinearJudge;
import dev.scriptorium.plugin.analysis.members.Member;
import dev.scriptorium.plugin.analysis.members.Opinion;
import dev.scriptorium.plugin.analysis.members.WeightTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Learns all weights from lessons: those of the members from all of them; what each member counts,
 * and the thresholds, from what the members say of each lesson when they learned from the others.
 */
public final class PassageTraining {
  private PassageTraining() {}

  /**
   * Learns.
   *
   * @param lessons at least three
   * @return lines of a {@link WeightTable}
   */
  public static List<String> learn(List<Lesson> lessons) {
    List<Answer> answers = new ArrayList<>();
    for (Lesson lesson : lessons) {
      List<Lesson> others = new ArrayList<>(lessons);
      others.remove(lesson);
      WeightTable learned = WeightTable.of(MemberFit.lines(examples(others)));
      answers.addAll(answers(lesson, learned));
    }
    List<String> lines = new ArrayList<>(MemberFit.lines(examples(lessons)));
    List<String> ensemble = EnsembleFit.lines(answers);
    lines.addAll(ensemble);
    lines.addAll(ThresholdFit.lines(answers, new Ensemble(WeightTable.of(ensemble))));
    return lines;
  }

  private static List<Example> examples(List<Lesson> lessons) {
    return lessons.stream().flatMap(lesson -> lesson.examples().stream()).toList();
  }

  private static List<Answer> answers(Lesson lesson, WeightTable learned) {
    Map<Member, LinearJudge> judges = new EnumMap<>(Member.class);
    for (Member member : Member.values()) {
      judges.put(member, new LinearJudge(learned, member.key()));
    }
    return lesson.examples().stream()
        .map(
            example -> {
              Map<Member, Opinion> opinions = new EnumMap<>(Member.class);
              judges.forEach(
                  (member, judge) -> opinions.put(member, judge.judge(example.english())));
              return new Answer(example.label(), opinions);
            })
        .toList();
  }
}
