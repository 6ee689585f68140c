package dev.scriptorium.plugin.analysis.names;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the names of each person together: first full names, then titles with a surname, then single
 * words. Never two given names that share a surname, never a man's title with a woman's. A single
 * word that fits several persons belongs to none of them for good: see {@link #ambiguous()}.
 */
final class PersonMerger {
  // Of several bearers of a surname one is meant when he is named this much more often.
  private static final int DOMINANCE = 5;

  private final NameRules rules;
  private final ClusterIndex index;
  private final Map<String, List<Cluster>> ambiguous = new HashMap<>();

  PersonMerger(NameRules rules) {
    this.rules = rules;
    this.index = new ClusterIndex(rules);
  }

  /** Merges forms; the result does not depend on their order. */
  void merge(List<Form> forms) {
    List<Form> sorted =
        forms.stream()
            .sorted(Comparator.comparingInt(Form::count).reversed().thenComparing(Form::key))
            .toList();
    sorted.stream().filter(form -> name(form).full()).forEach(this::placeFull);
    sorted.stream().filter(form -> name(form).titled()).forEach(this::placeTitled);
    sorted.stream()
        .filter(form -> !name(form).full() && !name(form).titled())
        .forEach(this::placeSingle);
  }

  List<Cluster> clusters() {
    return index.clusters();
  }

  /** Forms that fit several clusters, by key, with those clusters, the most named first. */
  Map<String, List<Cluster>> ambiguous() {
    return Collections.unmodifiableMap(ambiguous);
  }

  private void placeFull(Form form) {
    PersonName name = name(form);
    List<Cluster> fitting =
        index
            .with(
                name.last(), cluster -> cluster.hasSurname(name.last()) && cluster.agreesWith(name))
            .stream()
            .filter(cluster -> cluster.husbands(rules) == name.husbands(rules))
            .filter(cluster -> sameGiven(cluster, name.given()) || initialFits(cluster, name))
            .toList();
    joinOrOpen(form, name, fitting);
  }

  private boolean sameGiven(Cluster cluster, String given) {
    return cluster.hasGiven(given) || cluster.hasShortGiven(given, rules);
  }

  /** True for J. Smith and John Smith. */
  private static boolean initialFits(Cluster cluster, PersonName name) {
    return cluster.names().stream()
        .map(PersonName::given)
        .filter(given -> !given.isEmpty() && given.charAt(0) == name.given().charAt(0))
        .anyMatch(given -> given.length() == 1 || name.given().length() == 1);
  }

  /** Mr. Darcy: first to the bearers of the surname, then, but for a rank, to those of the name. */
  private void placeTitled(Form form) {
    PersonName name = name(form);
    List<Cluster> bearers =
        index.with(
            name.last(),
            cluster -> cluster.hasSurname(name.last()) && cluster.genderAgreesWith(name));
    List<Cluster> fitting = bearers;
    if (bearers.isEmpty() && !name.ranked()) {
      fitting =
          index.with(
              name.last(), cluster -> sameGiven(cluster, name.last()) && cluster.agreesWith(name));
    } else if (bearers.size() > 1) {
      fitting = distinguished(bearers, name);
    }
    List<Cluster> agreeing = fitting.stream().filter(cluster -> cluster.agreesWith(name)).toList();
    joinOrOpen(form, name, fitting.size() == 1 ? agreeing : List.of());
  }

  /** The one of several bearers who has the title too, or who is named far more often. */
  private static List<Cluster> distinguished(List<Cluster> bearers, PersonName name) {
    List<Cluster> titled =
        bearers.stream().filter(cluster -> cluster.hasHonorific(name.honorific())).toList();
    if (titled.size() == 1) {
      return titled;
    }
    List<Cluster> sorted = byCount(bearers);
    boolean one =
        name.gender() != Gender.WOMAN && sorted.get(0).count() >= DOMINANCE * sorted.get(1).count();
    return one ? sorted.subList(0, 1) : bearers;
  }

  private void placeSingle(Form form) {
    PersonName name = name(form);
    List<Cluster> fitting = bearersOf(name);
    if (fitting.size() > 1) {
      ambiguous.put(form.key(), byCount(fitting));
    } else {
      joinOrOpen(form, name, fitting);
    }
  }

  /** Whom a single word may mean: by given name or surname, in full before short. */
  private List<Cluster> bearersOf(PersonName name) {
    String word = name.last();
    List<Cluster> given =
        index.with(word, cluster -> cluster.hasGiven(word) && cluster.genderAgreesWith(name));
    if (!given.isEmpty() && name.gender() != Gender.UNKNOWN) {
      return given;
    }
    List<Cluster> bearers =
        index.with(word, cluster -> cluster.hasGiven(word) || cluster.hasSurname(word));
    // Women were seldom called by their surnames alone.
    List<Cluster> others =
        bearers.stream().filter(cluster -> cluster.hasGiven(word) || !cluster.woman()).toList();
    if (!others.isEmpty()) {
      return others;
    }
    return bearers.isEmpty()
        ? index.with(
            word, cluster -> cluster.hasShortGiven(word, rules) && cluster.genderAgreesWith(name))
        : bearers;
  }

  private void joinOrOpen(Form form, PersonName name, List<Cluster> fitting) {
    if (fitting.size() == 1) {
      index.join(fitting.getFirst(), form, name);
    } else {
      index.open(form, name);
    }
  }

  private static List<Cluster> byCount(List<Cluster> fitting) {
    return fitting.stream().sorted(Comparator.comparingInt(Cluster::count).reversed()).toList();
  }

  private PersonName name(Form form) {
    return PersonName.parse(form.key(), rules);
  }
}
