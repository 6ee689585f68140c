package dev.scriptorium.plugin.analysis.members;

import dev.scriptorium.plugin.AnalysisRun.MemberRun;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Members at work on one slice of a book. For one thread. */
public final class Panel {
  // Who speaks when one is to speak.
  private static final List<Member> BEST_FIRST =
      List.of(Member.LEARNED, Member.LEXICON, Member.GRAMMAR, Member.ENTITY, Member.SHAPE);
  private static final List<Member> EARLY = List.of(Member.SHAPE, Member.LEXICON, Member.GRAMMAR);
  // Below it the first three members need not ask the others.
  private static final double SURELY_NOT = 0.05;
  // Between them the learned member is not sure.
  private static final double DOUBT_FROM = 0.25;
  private static final double DOUBT_TO = 0.75;

  private final Bench bench;
  private final Ensemble ensemble;
  private final Thresholds thresholds;
  private final Mode mode;
  private final Budget budget;
  private final Set<Budget.Shortage> shortages = EnumSet.noneOf(Budget.Shortage.class);
  private long judged;

  /**
   * @param budget what an adaptive search minds
   */
  public Panel(Bench bench, Ensemble ensemble, Thresholds thresholds, Mode mode, Budget budget) {
    this.bench = bench;
    this.ensemble = ensemble;
    this.thresholds = thresholds;
    this.mode = mode;
    this.budget = budget;
  }

  /**
   * What is thought of a paragraph.
   *
   * @param opinion by those who were asked
   * @param described true when it is a description
   */
  public record Verdict(Opinion opinion, boolean described) {}

  /** True when a member has failed. */
  public boolean degraded() {
    return bench.failed();
  }

  /** How the members work together, as asked for. */
  public Mode mode() {
    return mode;
  }

  /** Paragraphs judged so far. */
  public long judged() {
    return judged;
  }

  /** What each member has done so far. */
  public List<MemberRun> members() {
    return bench.runs();
  }

  /** What ran short so far, so that less was asked. */
  public Set<String> shortages() {
    return shortages.stream().map(Enum::name).collect(Collectors.toUnmodifiableSet());
  }

  /** Judges a paragraph; one of which no member can think describes nothing. */
  public Verdict judge(Features features) {
    Map<Member, Opinion> opinions = new EnumMap<>(Member.class);
    judged++;
    return switch (mode) {
      case SINGLE -> single(features, opinions);
      case PARALLEL -> parallel(features, opinions);
      case SEQUENTIAL -> sequential(features, opinions);
      case ENSEMBLE -> ensemble(features, opinions);
      case ADAPTIVE -> adaptive(features, opinions);
    };
  }

  private Verdict single(Features features, Map<Member, Opinion> opinions) {
    for (Member member : BEST_FIRST) {
      bench.ask(member, features, opinions);
      Opinion opinion = opinions.get(member);
      if (opinion != null) {
        return verdict(opinion, thresholds.single());
      }
    }
    return nothing();
  }

  private Verdict parallel(Features features, Map<Member, Opinion> opinions) {
    bench.askAll(features, opinions);
    if (opinions.isEmpty()) {
      return nothing();
    }
    Opinion highest =
        Opinion.of(
            output ->
                opinions.values().stream()
                    .mapToDouble(opinion -> opinion.odds(output))
                    .max()
                    .orElseThrow());
    return verdict(highest, thresholds.single());
  }

  private Verdict sequential(Features features, Map<Member, Opinion> opinions) {
    bench.ask(Member.SHAPE, features, opinions);
    Opinion shape = opinions.get(Member.SHAPE);
    if (shape != null && shape.probability(Output.DESCRIPTION) < thresholds.shape()) {
      return new Verdict(shape, false);
    }
    EARLY.forEach(member -> bench.ask(member, features, opinions));
    if (!opinions.isEmpty()) {
      Opinion early = ensemble.combine(opinions);
      if (early.probability(Output.DESCRIPTION) < SURELY_NOT) {
        return new Verdict(early, false);
      }
    }
    return ensemble(features, opinions);
  }

  private Verdict ensemble(Features features, Map<Member, Opinion> opinions) {
    bench.askAll(features, opinions);
    return opinions.isEmpty()
        ? nothing()
        : verdict(ensemble.combine(opinions), thresholds.ensemble());
  }

  /** One after the other once time or memory have run short, for the rest of the slice. */
  private Verdict adaptive(Features features, Map<Member, Opinion> opinions) {
    budget.shortage().ifPresent(shortages::add);
    if (!shortages.isEmpty()) {
      return sequential(features, opinions);
    }
    Verdict single = single(features, opinions);
    double sure = single.opinion().probability(Output.DESCRIPTION);
    return sure > DOUBT_FROM && sure < DOUBT_TO ? ensemble(features, opinions) : single;
  }

  private static Verdict verdict(Opinion opinion, double threshold) {
    return new Verdict(opinion, opinion.probability(Output.DESCRIPTION) >= threshold);
  }

  private static Verdict nothing() {
    return new Verdict(Opinion.of(_ -> Double.NEGATIVE_INFINITY), false);
  }
}
