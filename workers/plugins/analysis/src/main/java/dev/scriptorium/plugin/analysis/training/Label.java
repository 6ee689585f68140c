package dev.scriptorium.plugin.analysis.training;

import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.analysis.members.Output;
import java.util.List;

/**
 * What a reader said of a paragraph.
 *
 * @param start first code point
 * @param end one past the last
 * @param priority 0 when it describes nothing, to 3
 * @param types what it describes
 */
public record Label(int start, int end, int priority, List<Passage.Type> types) {
  /** Copies the list. */
  public Label {
    types = List.copyOf(types);
  }

  boolean covers(int offset) {
    return start <= offset && offset < end;
  }

  /** What a member should have said. */
  boolean answer(Output output) {
    return switch (output) {
      case DESCRIPTION -> priority >= 1;
      case GOOD -> priority >= 2;
      case OUTSTANDING -> priority >= 3;
      case LOCATION -> types.contains(Passage.Type.LOCATION);
      case CHARACTER -> types.contains(Passage.Type.CHARACTER);
      case ATMOSPHERE -> types.contains(Passage.Type.ATMOSPHERE);
      case OBJECT -> types.contains(Passage.Type.OBJECT);
      case ACTION -> types.contains(Passage.Type.ACTION);
    };
  }
}
