package dev.scriptorium.plugin.analysis.members;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Members at work on one slice of a book. One that fails is asked no more, and the others go on
 * without it. For one thread.
 */
public final class Panel {
  private static final Logger LOG = LoggerFactory.getLogger(Panel.class);

  // Who speaks when one is to speak.
  private static final List<Member> BEST_FIRST =
      List.of(Member.LEARNED, Member.LEXICON, Member.GRAMMAR, Member.ENTITY, Member.SHAPE);
  private static final List<Member> EARLY = List.of(Member.SHAPE, Member.LEXICON, Member.GRAMMAR);
  // Below it the first three members need not ask the others.
  private static final double SURELY_NOT = 0.05;
  // Between them the learned member is not sure.
  private static final double DOUBT_FROM = 0.25;
  private static final double DOUBT_TO = 0.75;

  private final Map<Member, Judge> judges;
  private final Ensemble ensemble;
  private final Thresholds thresholds;
  private final Mode mode;
  private final Set<Member> failed = EnumSet.noneOf(Member.class);

  /**
   * @param judges members that are asked; at least one
   */
  public Panel(Map<Member, Judge> judges, Ensemble ensemble, Thresholds thresholds, Mode mode) {
    this.judges = new EnumMap<>(judges);
    this.ensemble = ensemble;
    this.thresholds = thresholds;
    this.mode = mode;
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
    return !failed.isEmpty();
  }

  /** Judges a paragraph; one of which no member can think describes nothing. */
  public Verdict judge(Features features) {
    Map<Member, Opinion> opinions = new EnumMap<>(Member.class);
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
      ask(member, features, opinions);
      Opinion opinion = opinions.get(member);
      if (opinion != null) {
        return verdict(opinion, thresholds.single());
      }
    }
    return nothing();
  }

  private Verdict parallel(Features features, Map<Member, Opinion> opinions) {
    askAll(features, opinions);
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
    ask(Member.SHAPE, features, opinions);
    Opinion shape = opinions.get(Member.SHAPE);
    if (shape != null && shape.probability(Output.DESCRIPTION) < thresholds.shape()) {
      return new Verdict(shape, false);
    }
    EARLY.forEach(member -> ask(member, features, opinions));
    if (!opinions.isEmpty()) {
      Opinion early = ensemble.combine(opinions);
      if (early.probability(Output.DESCRIPTION) < SURELY_NOT) {
        return new Verdict(early, false);
      }
    }
    return ensemble(features, opinions);
  }

  private Verdict ensemble(Features features, Map<Member, Opinion> opinions) {
    askAll(features, opinions);
    return opinions.isEmpty()
        ? nothing()
        : verdict(ensemble.combine(opinions), thresholds.ensemble());
  }

  private Verdict adaptive(Features features, Map<Member, Opinion> opinions) {
    Verdict single = single(features, opinions);
    double sure = single.opinion().probability(Output.DESCRIPTION);
    return sure > DOUBT_FROM && sure < DOUBT_TO ? ensemble(features, opinions) : single;
  }

  private void askAll(Features features, Map<Member, Opinion> opinions) {
    judges.keySet().forEach(member -> ask(member, features, opinions));
  }

  private void ask(Member member, Features features, Map<Member, Opinion> opinions) {
    Judge judge = judges.get(member);
    if (judge == null || failed.contains(member) || opinions.containsKey(member)) {
      return;
    }
    try {
      opinions.put(member, judge.judge(features));
    } catch (RuntimeException e) {
      // Whatever is wrong with one member, the book is better read by the others than not at all.
      LOG.warn("The member {} of the analysis failed and is asked no more", member, e);
      failed.add(member);
    }
  }

  private static Verdict verdict(Opinion opinion, double threshold) {
    return new Verdict(opinion, opinion.probability(Output.DESCRIPTION) >= threshold);
  }

  private static Verdict nothing() {
    return new Verdict(Opinion.of(_ -> Double.NEGATIVE_INFINITY), false);
  }
}
