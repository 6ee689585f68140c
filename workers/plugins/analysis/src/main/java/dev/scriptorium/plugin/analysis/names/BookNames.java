package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Mention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Merges the names of a book into its characters and places. First all mentions are added, in
 * reading order, then the text of every chapter is shown once, then {@link #entities()} gives the
 * result. Keeps at most {@value #MOST_MENTIONS} mentions, {@value #MOST_ENTITIES} entities and
 * {@value #MOST_MENTIONS_OF_ONE} mentions of each. Not thread-safe.
 */
public final class BookNames {
  static final int MOST_MENTIONS = 200_000;
  static final int MOST_ENTITIES = 2_000;
  static final int MOST_MENTIONS_OF_ONE = 20_000;

  // A name that its chapters saw only where sentences begin is no name without better evidence.
  private static final double LEAST_CONFIDENCE = 0.5;
  // Two names that stand alone this much more often than together are two names.
  private static final int ALONE = 10;

  // A word after one of these is a surname, and may follow a given name.
  private static final Set<String> SURNAME_TITLES =
      Set.of("mr ", "mrs ", "miss ", "dr ", "captain ");

  private final NameRules rules = NameRules.load();
  private final List<Mention> mentions = new ArrayList<>();
  private final Map<String, Form> forms = new LinkedHashMap<>();
  private final Map<String, Integer> lowerCase = new HashMap<>();
  private boolean full;

  /** Adds the next mention. */
  public void add(Mention mention) {
    if (mentions.size() == MOST_MENTIONS) {
      full = true;
      return;
    }
    String key = NameForm.key(mention.text());
    if (!key.isEmpty()) {
      mentions.add(mention);
      forms.computeIfAbsent(key, k -> new Form(k, forms.size())).add(mention);
    }
  }

  /** True when mentions were left out because there were too many. */
  public boolean full() {
    return full;
  }

  /** Counts how often single-word names stand in lower case. */
  public void readChapter(String text) {
    int i = 0;
    while (i < text.length()) {
      int start = i;
      while (i < text.length() && Character.isLetter(text.charAt(i))) {
        i++;
      }
      if (i > start && Character.isLowerCase(text.charAt(start))) {
        String word = text.substring(start, i);
        if (forms.containsKey(word)) {
          lowerCase.merge(word, 1, Integer::sum);
        }
      }
      i = Math.max(i, start + 1);
    }
  }

  /** Characters and places by falling number of mentions, then by first mention. */
  public List<Entity> entities() {
    List<Form> names = forms.values().stream().filter(this::isName).toList();
    Set<String> persons = personWords(names);
    Map<Boolean, List<Form>> byKind =
        names.stream().collect(Collectors.partitioningBy(form -> isPerson(form, persons)));
    PersonMerger merger = new PersonMerger(rules);
    merger.merge(byKind.getOrDefault(true, List.of()));
    List<Cluster> places = PlaceMerger.merge(byKind.getOrDefault(false, List.of()), rules);
    Assignment assignment = new Assignment(forms, merger.ambiguous());
    assignment.add(Entity.Type.CHARACTER, merger.clusters());
    assignment.add(Entity.Type.PLACE, places);
    return EntityList.of(assignment.assign(mentions), rules, MOST_ENTITIES, MOST_MENTIONS_OF_ONE);
  }

  private boolean isName(Form form) {
    if (form.confidence() < LEAST_CONFIDENCE) {
      return false;
    }
    return form.singleWord()
        ? lowerCase.getOrDefault(form.key(), 0) <= form.count()
        : !neighbours(form);
  }

  /** True for two names that happened to stand side by side: "what Natasha Pierre had told". */
  private boolean neighbours(Form form) {
    int space = form.key().indexOf(' ');
    String rest = form.key().substring(space + 1);
    boolean surname = SURNAME_TITLES.stream().anyMatch(title -> forms.containsKey(title + rest));
    return !surname && standsAlone(form.key().substring(0, space), form) && standsAlone(rest, form);
  }

  private boolean standsAlone(String name, Form form) {
    Form single = forms.get(name);
    return single != null && single.count() >= ALONE * form.count();
  }

  /** Words of the names that are persons' beyond doubt. */
  private Set<String> personWords(List<Form> names) {
    Set<String> words = new HashSet<>();
    for (Form form : names) {
      PersonName name = PersonName.parse(form.key(), rules);
      boolean certain = name.titled() || rules.givenName(name.given());
      if (certain && form.votes().type() == Entity.Type.CHARACTER) {
        words.add(name.last());
      }
    }
    return words;
  }

  private boolean isPerson(Form form, Set<String> persons) {
    String[] words = form.key().split(" ", -1);
    String last = words[words.length - 1];
    boolean placeLike = words.length > 1 && (rules.placeHead(last) || rules.placeFirst(words[0]));
    return form.votes().type() == Entity.Type.CHARACTER
        || (persons.contains(last) && !placeLike && !form.votes().clearlyPlace())
        || (form.singleWord() && family(form, persons));
  }

  /** True for the Bennets. */
  private static boolean family(Form form, Set<String> persons) {
    String key = form.key();
    return key.endsWith("s") && persons.contains(key.substring(0, key.length() - 1));
  }
}
