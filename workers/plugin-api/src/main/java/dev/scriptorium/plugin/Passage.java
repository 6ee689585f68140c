package dev.scriptorium.plugin;

import java.util.List;

/**
 * A described place, character, mood, object or action.
 *
 * @param type what it describes
 * @param range where it stands
 * @param text exactly the code points of the range, at most 4000
 * @param priority 0 to 100: how much it deserves a picture
 * @param confidence 0 to 1
 * @param reasons why it has its priority, UPPER_SNAKE names
 */
public record Passage(
    Type type,
    TextRange range,
    String text,
    int priority,
    double confidence,
    List<String> reasons) {

  /** Checks the ranges and copies the list. */
  public Passage {
    reasons = List.copyOf(reasons);
    if (priority < 0 || priority > 100 || !(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("priority " + priority + ", confidence " + confidence);
    }
  }

  /** What a passage describes. */
  public enum Type {
    /** A place. */
    LOCATION,
    /** A person or creature. */
    CHARACTER,
    /** A mood, light, weather. */
    ATMOSPHERE,
    /** A thing. */
    OBJECT,
    /** Something that happens and can be seen. */
    ACTION
  }
}
