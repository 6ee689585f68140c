package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Mention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives every mention to its bearer; an ambiguous one to the bearer named last. */
final class Assignment {
  private final Map<String, Form> forms;
  private final Map<String, List<Cluster>> ambiguous;
  private final List<Bearer> bearers = new ArrayList<>();
  private final Map<String, Bearer> byForm = new HashMap<>();
  private final Map<Cluster, Bearer> byCluster = new HashMap<>();

  /**
   * @param forms by key
   * @param ambiguous clusters that a form may mean, by key, the most named first
   */
  Assignment(Map<String, Form> forms, Map<String, List<Cluster>> ambiguous) {
    this.forms = forms;
    this.ambiguous = ambiguous;
  }

  /** Makes a bearer of every cluster. */
  void add(Entity.Type type, List<Cluster> clusters) {
    for (Cluster cluster : clusters) {
      Bearer bearer = new Bearer(type);
      bearers.add(bearer);
      byCluster.put(cluster, bearer);
      cluster.forms().forEach(form -> byForm.put(form.key(), bearer));
    }
  }

  /**
   * @param mentions in reading order
   * @return all bearers
   */
  List<Bearer> assign(List<Mention> mentions) {
    for (int i = 0; i < mentions.size(); i++) {
      Mention mention = mentions.get(i);
      String key = NameForm.key(mention.text());
      Bearer bearer = byForm.get(key);
      if (bearer != null) {
        bearer.seen(i);
      } else {
        bearer = lastNamed(ambiguous.getOrDefault(key, List.of()));
      }
      Form form = forms.get(key);
      if (bearer != null && form != null) {
        bearer.name(form, mention.range());
      }
    }
    return bearers;
  }

  private @Nullable Bearer lastNamed(List<Cluster> candidates) {
    // Of equals max() gives the first: the most named, when none was seen yet.
    return candidates.stream()
        .flatMap(cluster -> Stream.ofNullable(byCluster.get(cluster)))
        .max(Comparator.comparingInt(Bearer::lastSeen))
        .orElse(null);
  }
}
