package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.Passage;
import java.util.List;

/**
 * What is thought of a paragraph that describes something.
 *
 * @param types what it shows, the main one first; at least one
 * @param confidence probability that it describes something, 0 to 1
 * @param priority 0 to 100
 * @param reasons UPPER_SNAKE names, the strongest first
 */
record Judgement(List<Passage.Type> types, double confidence, int priority, List<String> reasons) {
  Judgement {
    types = List.copyOf(types);
    reasons = List.copyOf(reasons);
  }
}
