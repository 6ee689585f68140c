package dev.scriptorium.plugin.analysis.names;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Clusters by the words of their names, so that a name is compared with those alone that share one.
 * Not thread-safe.
 */
final class ClusterIndex {
  // A family of more is a text that was made to be slow: each name is compared with all before it.
  static final int MOST_BEARERS = 100;

  private final NameRules rules;
  private final List<Cluster> clusters = new ArrayList<>();
  private final Map<String, Set<Cluster>> byWord = new HashMap<>();

  ClusterIndex(NameRules rules) {
    this.rules = rules;
  }

  /** All clusters, in the order in which they were opened. */
  List<Cluster> clusters() {
    return List.copyOf(clusters);
  }

  void open(Form form, PersonName name) {
    Cluster cluster = new Cluster(form, name);
    clusters.add(cluster);
    index(cluster, name);
  }

  void join(Cluster cluster, Form form, PersonName name) {
    cluster.add(form, name);
    index(cluster, name);
  }

  private void index(Cluster cluster, PersonName name) {
    byWord.computeIfAbsent(name.last(), _ -> new LinkedHashSet<>()).add(cluster);
    if (name.full()) {
      byWord.computeIfAbsent(name.given(), _ -> new LinkedHashSet<>()).add(cluster);
      byWord
          .computeIfAbsent(rules.fullGivenName(name.given()), _ -> new LinkedHashSet<>())
          .add(cluster);
    }
  }

  /**
   * Clusters with this word in a name, the full form of a short name counted, that pass a test; of
   * those with the word no more than {@value #MOST_BEARERS} are looked at.
   */
  List<Cluster> with(String word, Predicate<Cluster> test) {
    return Stream.concat(bearers(word), bearers(rules.fullGivenName(word)))
        .distinct()
        .filter(test)
        .toList();
  }

  private Stream<Cluster> bearers(String word) {
    return byWord.getOrDefault(word, Set.of()).stream().limit(MOST_BEARERS);
  }
}
