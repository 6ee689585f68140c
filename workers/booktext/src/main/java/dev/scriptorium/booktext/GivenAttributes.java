package dev.scriptorium.booktext;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that no parser has read.
 *
 * @param pairs names and values in turn
 */
record GivenAttributes(List<String> pairs) implements MarkupAttributes {
  GivenAttributes {
    if (pairs.size() % 2 != 0) {
      throw new IllegalArgumentException("a name without a value: " + pairs);
    }
  }

  @Override
  public @Nullable String get(String name) {
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i).equals(name)) {
        return pairs.get(i + 1);
      }
    }
    return null;
  }

  @Override
  public int size() {
    return pairs.size() / 2;
  }

  @Override
  public String name(int index) {
    return pairs.get(2 * index);
  }

  @Override
  public String value(int index) {
    return pairs.get(2 * index + 1);
  }
}
