package dev.scriptorium.plugin;

import java.util.List;

/**
 * A described place, character, mood, object or action.
 *
 * @param types what it describes, the main one first; at least one, none twice
 * @param range where it stands
 * @param text exactly the code points of the range, at most 4000
 * @param priority 0 to 100: how much it deserves a picture
 * @param confidence 0 to 1
 * @param reasons why it has its priority, UPPER_SNAKE names
 */
public record Passage(
    List<Type> types,
    TextRange range,
    String text,
    int priority,
    double confidence,
    List<String> reasons) {

  /** Checks the ranges and copies the lists. */
  public Passage {
    types = List.copyOf(types);
    reasons = List.copyOf(reasons);
    if (types.isEmpty() || types.stream().distinct().count() < types.size()) {
      throw new IllegalArgumentException("types " + types + ": at least one, none twice");
    }
    if (priority < 0 || priority > 100 || !(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("priority " + priority + ", confidence " + confidence);
    }
  }

  /** A passage of one type. */
  public Passage(
      Type type,
      TextRange range,
      String text,
      int priority,
      double confidence,
      List<String> reasons) {
    this(List.of(type), range, text, priority, confidence, reasons);
  }

  /** What it mainly describes. */
  public Type type() {
    return types.getFirst();
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
