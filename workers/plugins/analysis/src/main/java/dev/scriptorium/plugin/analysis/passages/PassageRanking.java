package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.TextRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Settles the priorities of a whole book: what shows a character or place for the first time rises,
 * what was said before falls, and the best {@value #MOST_PASSAGES} stay. Stateless.
 */
public final class PassageRanking {
  static final int MOST_PASSAGES = 2_000;

  private static final int FIRST_MENTION_BONUS = 10;
  private static final int REPETITION_LOSS = 30;
  // An entity that is named less often is not worth a bonus.
  private static final int LEAST_MENTIONS = 3;

  private PassageRanking() {}

  /**
   * @param passages in reading order
   * @param entities of the book
   * @return the best, in reading order
   */
  public static List<Passage> settle(List<Passage> passages, List<Entity> entities) {
    List<Passage> raised = withFirstMentions(passages, entities);
    return best(withoutRepetitions(raised));
  }

  private static List<Passage> withFirstMentions(List<Passage> passages, List<Entity> entities) {
    Map<Integer, NavigableMap<Integer, String>> firsts = firstMentions(entities);
    List<Passage> raised = new ArrayList<>(passages.size());
    for (Passage passage : passages) {
      TextRange range = passage.range();
      Map<Integer, String> inside =
          firsts.getOrDefault(range.chapter(), new TreeMap<>()).subMap(range.start(), range.end());
      raised.add(
          inside.isEmpty()
              ? passage
              : moved(passage, FIRST_MENTION_BONUS, inside.values().iterator().next()));
    }
    return raised;
  }

  /** By chapter and offset: the reason a passage there is given. */
  private static Map<Integer, NavigableMap<Integer, String>> firstMentions(List<Entity> entities) {
    Map<Integer, NavigableMap<Integer, String>> firsts = new HashMap<>();
    for (Entity entity : entities) {
      if (entity.mentions().size() >= LEAST_MENTIONS) {
        TextRange first = entity.mentions().getFirst();
        firsts
            .computeIfAbsent(first.chapter(), _ -> new TreeMap<>())
            .put(first.start(), "FIRST_MENTION_OF_" + entity.type());
      }
    }
    return firsts;
  }

  private static List<Passage> withoutRepetitions(List<Passage> passages) {
    Repetitions repetitions = new Repetitions();
    List<Passage> lowered = new ArrayList<>(passages.size());
    for (Passage passage : passages) {
      lowered.add(
          repetitions.seen(passage.text())
              ? moved(passage, -REPETITION_LOSS, "REPETITION")
              : passage);
    }
    return lowered;
  }

  private static List<Passage> best(List<Passage> passages) {
    if (passages.size() <= MOST_PASSAGES) {
      return passages;
    }
    return passages.stream()
        .sorted(Comparator.comparingInt(Passage::priority).reversed())
        .limit(MOST_PASSAGES)
        .sorted(
            Comparator.comparingInt((Passage passage) -> passage.range().chapter())
                .thenComparingInt(passage -> passage.range().start()))
        .toList();
  }

  private static Passage moved(Passage passage, int by, String reason) {
    List<String> reasons = new ArrayList<>(passage.reasons());
    reasons.add(reason);
    int priority = Math.clamp(passage.priority() + by, 0, 100);
    return new Passage(
        passage.types(), passage.range(), passage.text(), priority, passage.confidence(), reasons);
  }
}
