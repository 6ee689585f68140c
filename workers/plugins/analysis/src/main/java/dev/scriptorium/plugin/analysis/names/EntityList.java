package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Orders, numbers and names the characters and places of a book. */
final class EntityList {
  // Named once, it needs a title, a given name or two words.
  private static final double LEAST_CONFIDENCE_OF_ONE = 0.8;
  // Of somebody named this often, a name that occurs once is a slip more often than the full name.
  private static final int MANY = 100;
  // An ambiguous name is an alias of those who bear at least this share of it.
  private static final double LEAST_SHARE = 0.1;

  private final NameRules rules;

  private EntityList(NameRules rules) {
    this.rules = rules;
  }

  /**
   * @param most how many entities are kept
   * @param mostMentions how many mentions of each are kept
   * @return by falling number of mentions, then by first mention
   */
  static List<Entity> of(List<Bearer> bearers, NameRules rules, int most, int mostMentions) {
    EntityList list = new EntityList(rules);
    List<Bearer> sorted =
        bearers.stream()
            .filter(EntityList::worthNaming)
            .sorted(
                Comparator.comparingInt((Bearer bearer) -> bearer.ranges().size())
                    .reversed()
                    .thenComparingInt(EntityList::firstOrder))
            .limit(most)
            .toList();
    List<Entity> entities = new ArrayList<>();
    for (Bearer bearer : sorted) {
      entities.add(list.entity(entities.size() + 1, bearer, mostMentions));
    }
    return entities;
  }

  private static boolean worthNaming(Bearer bearer) {
    int mentions = bearer.ranges().size();
    double confidence =
        bearer.counts().keySet().stream().mapToDouble(Form::confidence).max().orElse(0);
    return mentions > 1 || (mentions == 1 && confidence >= LEAST_CONFIDENCE_OF_ONE);
  }

  private static int firstOrder(Bearer bearer) {
    return bearer.counts().keySet().stream().mapToInt(Form::order).min().orElse(0);
  }

  private Entity entity(int ordinal, Bearer bearer, int mostMentions) {
    Form fullest = fullest(bearer);
    List<Form> aliases =
        bearer.counts().entrySet().stream()
            .filter(entry -> entry.getKey() != fullest)
            .filter(entry -> entry.getValue() >= LEAST_SHARE * entry.getKey().count())
            .sorted(
                Map.Entry.<Form, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(entry -> entry.getKey().key()))
            .map(Map.Entry::getKey)
            .toList();
    int kept = Math.min(bearer.ranges().size(), mostMentions);
    return new Entity(
        ordinal,
        bearer.type(),
        fullest.surface(),
        aliases.stream().map(Form::surface).toList(),
        bearer.ranges().subList(0, kept),
        names(bearer.forms().subList(0, kept), fullest, aliases));
  }

  /** Which of the names each form is. */
  private static List<Integer> names(List<Form> forms, Form fullest, List<Form> aliases) {
    Map<Form, Integer> numbers = new HashMap<>();
    numbers.put(fullest, 0);
    aliases.forEach(alias -> numbers.put(alias, numbers.size()));
    return forms.stream().map(form -> numbers.getOrDefault(form, Entity.SHARED)).toList();
  }

  private Form fullest(Bearer bearer) {
    int least = bearer.ranges().size() >= MANY ? 2 : 1;
    return bearer.counts().keySet().stream()
        .max(
            Comparator.comparing((Form form) -> form.count() >= least || withGivenName(form))
                .thenComparingInt(this::fullness)
                .thenComparingInt(Form::count)
                .thenComparing(Form::key))
        .orElseThrow();
  }

  private boolean withGivenName(Form form) {
    return rules.givenName(PersonName.parse(form.key(), rules).given());
  }

  /** Words that are no titles count twice: Jane Eyre before Miss Eyre before Jane. */
  private int fullness(Form form) {
    int fullness = 0;
    for (String word : form.key().split(" ", -1)) {
      fullness += rules.honorific(word) ? 1 : 2;
    }
    return fullness;
  }
}
