package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.Passage;
import java.util.List;

/**
 * What is thought of a paragraph.
 *
 * @param type what it mainly shows, if it shows anything
 * @param confidence probability that it describes something, 0 to 1
 * @param priority 0 to 100
 * @param reasons UPPER_SNAKE names, the strongest first
 */
record Judgement(Passage.Type type, double confidence, int priority, List<String> reasons) {
  Judgement {
    reasons = List.copyOf(reasons);
  }
}
