package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.analysis.members.Bench;
import dev.scriptorium.plugin.analysis.members.Budget;
import dev.scriptorium.plugin.analysis.members.Ensemble;
import dev.scriptorium.plugin.analysis.members.Judge;
import dev.scriptorium.plugin.analysis.members.LinearJudge;
import dev.scriptorium.plugin.analysis.members.Member;
import dev.scriptorium.plugin.analysis.members.Mode;
import dev.scriptorium.plugin.analysis.members.Panel;
import dev.scriptorium.plugin.analysis.members.Thresholds;
import dev.scriptorium.plugin.analysis.members.Vocabulary;
import dev.scriptorium.plugin.analysis.members.WeightTable;
import dev.scriptorium.plugin.analysis.text.WordLists;
import dev.scriptorium.plugin.analysis.text.WordNet;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Where searches for passages begin. Immutable and thread-safe. */
public final class PassageDetector {
  private final WeightTable table;
  private final Vocabulary vocabulary;
  private final Map<Member, Judge> judges = new EnumMap<>(Member.class);
  private final Ensemble ensemble;
  private final Thresholds thresholds;
  private final Reasons reasons;

  /**
   * Finds passages with weights of one's own training.
   *
   * @param table every row that {@code passage-weights.txt} has
   * @param vocabulary of English
   */
  public PassageDetector(WeightTable table, Vocabulary vocabulary) {
    this.table = table;
    this.vocabulary = vocabulary;
    for (Member member : Member.values()) {
      judges.put(member, new LinearJudge(table, member.key()));
    }
    this.ensemble = new Ensemble(table);
    this.thresholds = Thresholds.of(table);
    this.reasons = new Reasons(new LinearJudge(table, Member.LEARNED.key()));
  }

  /** Finds passages with the weights that come with the plugin. */
  public static PassageDetector load() throws IOException {
    return new PassageDetector(
        WeightTable.load(), new Vocabulary(WordLists.load("vocabulary-en.txt"), WordNet.load()));
  }

  /** The same, one member replaced by another judge. */
  public PassageDetector with(Member member, Judge judge) {
    PassageDetector other = new PassageDetector(table, vocabulary);
    other.judges.put(member, judge);
    return other;
  }

  /**
   * A search through English paragraphs with tags.
   *
   * @param members that are asked, and how much each counts; at least one
   * @param budget what an adaptive search minds
   */
  public PassageSearch english(Mode mode, Map<Member, Double> members, Budget budget) {
    Bench bench = new Bench(judges, members, System::nanoTime);
    Panel panel = new Panel(bench, ensemble.weighing(members), thresholds, mode, budget);
    return new PassageSearch(
        new PanelJudge(panel, vocabulary, reasons, thresholds.types(), table.version()),
        new Excerpt(vocabulary));
  }

  /**
   * A search through paragraphs of any language.
   *
   * @param mode as asked for
   */
  public PassageSearch plain(Mode mode) {
    return new PassageSearch(
        new ShapeJudge(table, mode, System::nanoTime), new Excerpt(Vocabulary.none()));
  }
}
