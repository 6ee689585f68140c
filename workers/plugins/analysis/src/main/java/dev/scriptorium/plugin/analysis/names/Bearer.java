package dev.scriptorium.plugin.analysis.names;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.TextRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A character or place with the mentions that were given to it. Not thread-safe. */
final class Bearer {
  private final Entity.Type type;
  private final List<TextRange> ranges = new ArrayList<>();
  private final List<Form> forms = new ArrayList<>();
  private final Map<Form, Integer> counts = new LinkedHashMap<>();
  private int lastSeen = -1;

  Bearer(Entity.Type type) {
    this.type = type;
  }

  void name(Form form, TextRange range) {
    ranges.add(range);
    forms.add(form);
    counts.merge(form, 1, Integer::sum);
  }

  /** Notes that mention {@code index} of the book named this bearer without doubt. */
  void seen(int index) {
    lastSeen = index;
  }

  /** The last mention without doubt; -1 before the first. */
  int lastSeen() {
    return lastSeen;
  }

  Entity.Type type() {
    return type;
  }

  /** In reading order. */
  List<TextRange> ranges() {
    return ranges;
  }

  /** The forms of {@link #ranges()}. */
  List<Form> forms() {
    return forms;
  }

  /** How often each form names this bearer. */
  Map<Form, Integer> counts() {
    return counts;
  }
}
