package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.TextRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  // Named once, it needs a title, a given name or two words.
  private static final double LEAST_CONFIDENCE_OF_ONE = 0.8;

  // Two names that stand alone this much more often than together are two names.
  private static final int ALONE = 10;

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
    Map<Cluster, List<TextRange>> found = assign(merger, places);
    return numbered(found, Set.copyOf(places));
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
    String[] words = form.key().split(" ", -1);
    return words.length == 2 && standsAlone(words[0], form) && standsAlone(words[1], form);
  }

  private boolean standsAlone(String word, Form form) {
    Form single = forms.get(word);
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
    boolean placeLike = rules.placeHead(last) || rules.placeFirst(words[0]);
    return form.votes().type() == Entity.Type.CHARACTER
        || (persons.contains(last) && (form.singleWord() || !placeLike))
        || (form.singleWord() && family(form, persons));
  }

  /** True for the Bennets. */
  private static boolean family(Form form, Set<String> persons) {
    String key = form.key();
    return key.endsWith("s") && persons.contains(key.substring(0, key.length() - 1));
  }

  /** Gives every mention to its cluster; an ambiguous one to the bearer named last. */
  private Map<Cluster, List<TextRange>> assign(PersonMerger merger, List<Cluster> places) {
    Map<String, Cluster> owners = new HashMap<>();
    Map<Cluster, List<TextRange>> found = new LinkedHashMap<>();
    for (List<Cluster> clusters : List.of(merger.clusters(), places)) {
      for (Cluster cluster : clusters) {
        found.put(cluster, new ArrayList<>());
        cluster.forms().forEach(form -> owners.put(form.key(), cluster));
      }
    }
    Map<String, List<Cluster>> ambiguous = merger.ambiguous();
    Map<Cluster, Integer> lastSeen = new HashMap<>();
    for (int i = 0; i < mentions.size(); i++) {
      String key = NameForm.key(mentions.get(i).text());
      Cluster owner = owners.get(key);
      if (owner != null) {
        lastSeen.put(owner, i);
      } else {
        owner = lastOf(ambiguous.getOrDefault(key, List.of()), lastSeen);
      }
      if (owner != null) {
        found.getOrDefault(owner, new ArrayList<>()).add(mentions.get(i).range());
      }
    }
    return found;
  }

  private static @Nullable Cluster lastOf(
      List<Cluster> candidates, Map<Cluster, Integer> lastSeen) {
    // The first of the candidates is the most named: it wins when none was seen yet.
    return candidates.stream()
        .max(
            Comparator.<Cluster>comparingInt(cluster -> lastSeen.getOrDefault(cluster, -1))
                .thenComparingInt(cluster -> -candidates.indexOf(cluster)))
        .orElse(null);
  }

  private List<Entity> numbered(Map<Cluster, List<TextRange>> found, Set<Cluster> places) {
    List<Map.Entry<Cluster, List<TextRange>>> sorted =
        found.entrySet().stream()
            .filter(entry -> worthNaming(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparingInt(
                        (Map.Entry<Cluster, List<TextRange>> entry) -> -entry.getValue().size())
                    .thenComparingInt(entry -> firstOrder(entry.getKey())))
            .limit(MOST_ENTITIES)
            .toList();
    List<Entity> entities = new ArrayList<>();
    for (Map.Entry<Cluster, List<TextRange>> entry : sorted) {
      Entity.Type type =
          places.contains(entry.getKey()) ? Entity.Type.PLACE : Entity.Type.CHARACTER;
      entities.add(entity(entities.size() + 1, type, entry.getKey(), entry.getValue()));
    }
    return entities;
  }

  private static boolean worthNaming(Cluster cluster, List<TextRange> ranges) {
    double confidence = cluster.forms().stream().mapToDouble(Form::confidence).max().orElse(0);
    return ranges.size() > 1 || (ranges.size() == 1 && confidence >= LEAST_CONFIDENCE_OF_ONE);
  }

  private static int firstOrder(Cluster cluster) {
    return cluster.forms().stream().mapToInt(Form::order).min().orElse(0);
  }

  private Entity entity(int ordinal, Entity.Type type, Cluster cluster, List<TextRange> ranges) {
    Form fullest =
        cluster.forms().stream()
            .max(
                Comparator.<Form>comparingInt(form -> fullness(form))
                    .thenComparingInt(Form::count)
                    .thenComparing(Form::key))
            .orElseThrow();
    List<String> aliases =
        cluster.forms().stream()
            .filter(form -> form != fullest)
            .sorted(Comparator.comparingInt(Form::count).reversed().thenComparing(Form::key))
            .map(Form::surface)
            .toList();
    List<TextRange> kept = ranges.subList(0, Math.min(ranges.size(), MOST_MENTIONS_OF_ONE));
    return new Entity(ordinal, type, fullest.surface(), aliases, kept);
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
