package dev.scriptorium.server.catalog.filter;

import java.util.List;

/** A condition on books. */
public sealed interface Filter {
  /** All of them hold; with none it always does. */
  record All(List<Filter> parts) implements Filter {
    /** Copies the list. */
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** At least one of them holds. */
  record Any(List<Filter> parts) implements Filter {
    /** Copies the list. */
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** It does not hold. */
  record Not(Filter part) implements Filter {}

  /**
   * A field compared with a value.
   *
   * @param operator one of {@code = != < <= > >= :}
   * @param value checked for its field: a String, Long, Double, Boolean, or Instant
   */
  record Test(Field field, String operator, Object value) implements Filter {}

  /** Holds for every book. */
  Filter EVERYTHING = new All(List.of());
}
