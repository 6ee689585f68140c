package dev.scriptorium.plugin.analysis.names;

import java.util.ArrayList;
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
  private final List<Cluster> clusters = new ArrayList<>();
  private final Map<String, List<Cluster>> ambiguous = new HashMap<>();

  PersonMerger(NameRules rules) {
    this.rules = rules;
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
    return List.copyOf(clusters);
  }

  /** Forms that fit several clusters, by key, with those clusters, the most named first. */
  Map<String, List<Cluster>> ambiguous() {
    return Map.copyOf(ambiguous);
  }

  private void placeFull(Form form) {
    PersonName name = name(form);
    List<Cluster> fitting =
        clusters.stream()
            .filter(cluster -> cluster.hasSurname(name.last()) && cluster.agreesWith(name))
            .filter(cluster -> cluster.hasGiven(name.given(), rules) || initialFits(cluster, name))
            .toList();
    joinOrOpen(form, name, fitting);
  }

  /** True for J. Smith and John Smith. */
  private static boolean initialFits(Cluster cluster, PersonName name) {
    return cluster.forms().stream()
        .map(form -> form.key().split(" ", -1))
        .anyMatch(
            words ->
                words[0].charAt(0) == name.given().charAt(0)
                    && (words[0].length() == 1 || name.given().length() == 1));
  }

  private void placeTitled(Form form) {
    PersonName name = name(form);
    List<Cluster> given =
        clusters.stream()
            .filter(cluster -> cluster.hasGiven(name.last(), rules) && cluster.agreesWith(name))
            .toList();
    List<Cluster> surname =
        clusters.stream()
            .filter(cluster -> cluster.hasSurname(name.last()) && cluster.agreesWith(name))
            .toList();
    joinOrOpen(form, name, given.isEmpty() ? dominant(surname) : dominant(given));
  }

  private void placeSingle(Form form) {
    PersonName name = name(form);
    List<Cluster> given =
        clusters.stream()
            .filter(cluster -> cluster.hasGiven(name.last(), rules))
            .filter(cluster -> cluster.agreesWith(name))
            .toList();
    List<Cluster> fitting =
        given.isEmpty()
            ? clusters.stream().filter(cluster -> cluster.hasSurname(name.last())).toList()
            : given;
    if (fitting.size() > 1) {
      ambiguous.put(
          form.key(),
          fitting.stream().sorted(Comparator.comparingInt(Cluster::count).reversed()).toList());
    } else {
      joinOrOpen(form, name, fitting);
    }
  }

  private void joinOrOpen(Form form, PersonName name, List<Cluster> fitting) {
    if (fitting.size() == 1) {
      fitting.getFirst().add(form, name);
    } else {
      clusters.add(new Cluster(form, name));
    }
  }

  /** The one that is named far more often than the others, or all of them. */
  private static List<Cluster> dominant(List<Cluster> fitting) {
    List<Cluster> sorted =
        fitting.stream().sorted(Comparator.comparingInt(Cluster::count).reversed()).toList();
    boolean one = sorted.size() > 1 && sorted.get(0).count() >= DOMINANCE * sorted.get(1).count();
    return one ? sorted.subList(0, 1) : sorted;
  }

  private PersonName name(Form form) {
    return PersonName.parse(form.key(), rules);
  }
}
