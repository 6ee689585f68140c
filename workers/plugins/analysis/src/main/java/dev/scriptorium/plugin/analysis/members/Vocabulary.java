package dev.scriptorium.plugin.analysis.members;

import dev.scriptorium.plugin.analysis.text.Supersense;
import dev.scriptorium.plugin.analysis.text.Token;
import dev.scriptorium.plugin.analysis.text.WordLists;
import dev.scriptorium.plugin.analysis.text.WordNet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the groups of a word in any of its regular forms, and its meaning. Immutable. */
public final class Vocabulary {
  private static final Set<Group> NONE = Collections.unmodifiableSet(EnumSet.noneOf(Group.class));

  private final Map<String, Set<Group>> groups = new HashMap<>();
  private final WordNet meanings;

  /**
   * @param lists with one list for each group
   */
  public Vocabulary(WordLists lists, WordNet meanings) {
    this.meanings = meanings;
    for (Group group : Group.values()) {
      for (String word : lists.list(group.list())) {
        groups.computeIfAbsent(word, _ -> EnumSet.noneOf(Group.class)).add(group);
      }
    }
    groups.replaceAll((_, set) -> Collections.unmodifiableSet(set));
  }

  private Vocabulary() {
    this.meanings = WordNet.none();
  }

  /** A vocabulary without words. */
  public static Vocabulary none() {
    return new Vocabulary();
  }

  /**
   * @param word in lower case
   */
  public Set<Group> groups(String word) {
    Set<Group> found = groups.get(word);
    return found != null ? found : inflected(word);
  }

  /** True when the word names or paints something that can be seen. */
  public boolean visible(String word) {
    for (Group group : groups(word)) {
      if (group.visible()) {
        return true;
      }
    }
    return false;
  }

  /** The meaning of a noun or verb. */
  Optional<Supersense> sense(Token token) {
    return meanings.sense(token.lower(), token.tag());
  }

  private Set<Group> inflected(String word) {
    if (word.endsWith("ies")) {
      return stem(word, 3, "y");
    }
    if (word.endsWith("ves")) {
      return first(stem(word, 3, "f"), stem(word, 1, ""));
    }
    if (word.endsWith("es")) {
      return first(stem(word, 1, ""), stem(word, 2, ""));
    }
    if (word.endsWith("s")) {
      return stem(word, 1, "");
    }
    if (word.endsWith("ied")) {
      return stem(word, 3, "y");
    }
    if (word.endsWith("ed") || word.endsWith("er")) {
      return first(stem(word, 1, ""), stem(word, 2, ""), undoubled(word, 2));
    }
    if (word.endsWith("ing") || word.endsWith("est")) {
      return first(stem(word, 3, ""), stem(word, 3, "e"), undoubled(word, 3));
    }
    return NONE;
  }

  private Set<Group> stem(String word, int cut, String ending) {
    int length = word.length() - cut;
    return length < 3 ? NONE : groups.getOrDefault(word.substring(0, length) + ending, NONE);
  }

  /** For gripped and running. */
  private Set<Group> undoubled(String word, int cut) {
    int length = word.length() - cut;
    boolean doubled = length > 3 && word.charAt(length - 1) == word.charAt(length - 2);
    return doubled ? stem(word, cut + 1, "") : NONE;
  }

  @SafeVarargs
  private static Set<Group> first(Set<Group>... candidates) {
    for (Set<Group> candidate : candidates) {
      if (!candidate.isEmpty()) {
        return candidate;
      }
    }
    return NONE;
  }
}
