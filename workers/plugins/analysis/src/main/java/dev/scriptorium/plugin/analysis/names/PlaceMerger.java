package dev.scriptorium.plugin.analysis.names;

import java.util.Comparator;
import java.util.List;

/**
 * Puts Thornfield and the Hall together with Thornfield Hall, and leaves all other places alone.
 */
final class PlaceMerger {
  private PlaceMerger() {}

  /** Merges forms; the result does not depend on their order. */
  static List<Cluster> merge(List<Form> forms, NameRules rules) {
    ClusterIndex index = new ClusterIndex(rules);
    List<Form> sorted =
        forms.stream()
            .sorted(
                Comparator.comparing(Form::singleWord)
                    .thenComparing(Comparator.comparingInt(Form::count).reversed())
                    .thenComparing(Form::key))
            .toList();
    for (Form form : sorted) {
      PersonName name = PersonName.parse(form.key(), rules);
      List<Cluster> longer = index.with(form.key(), cluster -> shortened(cluster, form, rules));
      if (form.singleWord() && longer.size() == 1) {
        index.join(longer.getFirst(), form, name);
      } else {
        index.open(form, name);
      }
    }
    return index.clusters();
  }

  /** True for Thornfield and for the Hall, when the cluster is of Thornfield Hall. */
  private static boolean shortened(Cluster cluster, Form form, NameRules rules) {
    String[] words = cluster.forms().getFirst().key().split(" ", -1);
    String key = form.key();
    return words.length == 2
        && rules.placeHead(words[1])
        && (words[1].equals(key)
            || (words[0].equals(key) && rules.estate(words[1]) && !rules.knownPlace(key)));
  }
}
