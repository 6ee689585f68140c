package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.analysis.text.WordLists;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is known of names before a book is read. Immutable. */
final class NameRules {
  private static final Set<String> OPENERS =
      Set.of(
          "mr",
          "mrs",
          "miss",
          "ms",
          "mister",
          "master",
          "monsieur",
          "madame",
          "mademoiselle",
          "prince",
          "princess",
          "countess",
          "emperor");

  // Of Le Havre and La Mancha.
  private static final Set<String> ARTICLES_IN_NAMES =
      Set.of("la", "le", "les", "el", "los", "las", "il", "lo", "o", "a");

  private final Set<String> foreignPrepositions = new HashSet<>();
  private final Map<String, Gender> honorifics = new HashMap<>();
  private final Map<String, Gender> givenNames = new HashMap<>();
  private final Map<String, String> fullNames = new HashMap<>();
  private final Set<String> ranks;
  private final Set<String> nobles;
  private final Set<String> weakHonorifics;
  private final Set<String> openingHonorifics;
  private final Set<String> estates;
  private final Set<String> speechVerbs;
  private final Set<String> placeHeads;
  private final Set<String> placeFirsts;
  private final Set<String> placePrepositions;
  private final Set<String> gazetteer;
  private final Set<String> never;
  private final Set<String> people;
  private final Set<String> function;

  NameRules(WordLists lists) {
    lists.list("honorific").forEach(word -> honorifics.put(word, Gender.UNKNOWN));
    lists.list("honorific-rank").forEach(word -> honorifics.put(word, Gender.UNKNOWN));
    lists.list("honorific-man").forEach(word -> honorifics.put(word, Gender.MAN));
    lists.list("honorific-woman").forEach(word -> honorifics.put(word, Gender.WOMAN));
    lists.list("given-man").forEach(word -> givenNames.put(word, Gender.MAN));
    lists.list("given-woman").forEach(word -> givenNames.put(word, Gender.WOMAN));
    for (String pair : lists.list("nickname")) {
      int equals = pair.indexOf('=');
      fullNames.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    ranks = lists.list("honorific-rank");
    nobles = lists.list("honorific-noble");
    openingHonorifics = lists.list("opening-honorific");
    estates = lists.list("place-estate");
    weakHonorifics = lists.list("weak-honorific");
    speechVerbs = lists.list("speech");
    placeHeads = lists.list("place-head");
    placeFirsts = lists.list("place-first");
    placePrepositions = lists.list("place-preposition");
    gazetteer = lists.list("gazetteer");
    never = lists.list("never");
    people = lists.list("people");
    function = new HashSet<>(lists.list("function"));
  }

  /** The rules of English, with the titles of its neighbours. */
  static NameRules load() {
    return new NameRules(WordLists.load("names-en.txt"));
  }

  /**
   * The same for another language, with what is known of its small words.
   *
   * @param language primary subtag
   */
  static NameRules load(String language) {
    WordLists lists = WordLists.load("names-en.txt");
    NameRules rules = new NameRules(lists);
    WordLists small = WordLists.load("function-words.txt");
    if (small.has(language)) {
      rules.function.addAll(small.list(language));
      rules.function.removeAll(ARTICLES_IN_NAMES);
    }
    if (lists.has("place-preposition-" + language)) {
      rules.foreignPrepositions.addAll(lists.list("place-preposition-" + language));
    }
    return rules;
  }

  /** True for Mr, Captain, Aunt. All words here are in lower case and without full stop. */
  boolean honorific(String word) {
    return honorifics.containsKey(word);
  }

  /** True for poor, young, dear: they stand before names and are no part of them. */
  boolean weakHonorific(String word) {
    return weakHonorifics.contains(word);
  }

  /** True for old and little: inside a sentence their capital makes them part of the name. */
  boolean openingHonorific(String word) {
    return openingHonorifics.contains(word);
  }

  /** True for titles with which a name begins, whatever stood before. */
  boolean opensName(String word) {
    return OPENERS.contains(word) || rank(word) || noble(word);
  }

  /** True for Captain, Doctor: they stand before surnames alone, and seldom before a woman's. */
  boolean rank(String word) {
    return ranks.contains(word);
  }

  /** True for Sir, Lady, Lord: nobody so called is called by a short name. */
  boolean noble(String word) {
    return nobles.contains(word);
  }

  /** Who is addressed so. */
  Gender genderOfHonorific(String word) {
    return honorifics.getOrDefault(word, Gender.UNKNOWN);
  }

  /** Whose given name it is. */
  Gender genderOfGivenName(String word) {
    return givenNames.getOrDefault(word, Gender.UNKNOWN);
  }

  boolean givenName(String word) {
    return givenNames.containsKey(word);
  }

  /** Thomas for Tom; the word itself when it is short for nothing. */
  String fullGivenName(String word) {
    return fullNames.getOrDefault(word, word);
  }

  boolean speechVerb(String word) {
    return speechVerbs.contains(word);
  }

  /** True for words that end the names of places: Hall, Street. */
  boolean placeHead(String word) {
    return placeHeads.contains(word);
  }

  /** True for words that the name of an estate may lack: Thornfield Hall, but not London Bridge. */
  boolean estate(String word) {
    return estates.contains(word);
  }

  /** True for words that begin the names of places: Mount, Cape. */
  boolean placeFirst(String word) {
    return placeFirsts.contains(word);
  }

  /** True for the à of "à Lyon", in the language of these rules when that is not English. */
  boolean foreignPreposition(String word) {
    return foreignPrepositions.contains(word);
  }

  boolean placePreposition(String word) {
    return placePrepositions.contains(word);
  }

  boolean knownPlace(String word) {
    return gazetteer.contains(word);
  }

  /** True for capitalised words that are neither characters nor places. */
  boolean never(String word) {
    return never.contains(word) || people.contains(word);
  }

  /** True for words of nations and creeds: Persian, and the Persian of Persian Gulf. */
  boolean people(String word) {
    return people.contains(word);
  }

  /** True for words that have a capital only where a sentence begins. */
  boolean function(String word) {
    return function.contains(word);
  }
}
