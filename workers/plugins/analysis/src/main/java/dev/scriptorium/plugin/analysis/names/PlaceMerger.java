package dev.scriptorium.plugin.analysis.names;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts Thornfield and Thornfield Hall together, and leaves all other places alone. */
final class PlaceMerger {
  private PlaceMerger() {}

  /** Merges forms; the result does not depend on their order. */
  static List<Cluster> merge(List<Form> forms, NameRules rules) {
    List<Cluster> clusters = new ArrayList<>();
    List<Form> sorted =
        forms.stream()
            .sorted(
                Comparator.comparing(Form::singleWord)
                    .thenComparing(Comparator.comparingInt(Form::count).reversed())
                    .thenComparing(Form::key))
            .toList();
    for (Form form : sorted) {
      PersonName name = PersonName.parse(form.key(), rules);
      List<Cluster> longer =
          clusters.stream().filter(cluster -> begins(cluster, form, rules)).toList();
      if (form.singleWord() && longer.size() == 1) {
        longer.getFirst().add(form, name);
      } else {
        clusters.add(new Cluster(form, name));
      }
    }
    return clusters;
  }

  private static boolean begins(Cluster cluster, Form form, NameRules rules) {
    String[] words = cluster.forms().getFirst().key().split(" ", -1);
    return words.length == 2 && words[0].equals(form.key()) && rules.placeHead(words[1]);
  }
}
