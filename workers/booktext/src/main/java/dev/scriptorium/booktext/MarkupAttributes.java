package dev.scriptorium.booktext;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of an element, valid only while it is being started. Names stand without prefix,
 * except those of the namespaces {@code epub}, {@code opf}, {@code xlink} and {@code xml}.
 */
public interface MarkupAttributes {
  /** Value of an attribute; null when the element has none of this name. */
  @Nullable String get(String name);

  /** Value of an attribute; empty when the element has none of this name. */
  default String getOrEmpty(String name) {
    String value = get(name);
    return value == null ? "" : value;
  }

  /** Number of attributes that are looked at. */
  int size();

  /**
   * Name of an attribute.
   *
   * @param index 0 to {@link #size()} - 1
   */
  String name(int index);

  /**
   * Value of an attribute.
   *
   * @param index 0 to {@link #size()} - 1
   */
  String value(int index);

  /**
   * Attributes that were made up, for formats that are translated to XHTML.
   *
   * @param namesAndValues in turn
   */
  static MarkupAttributes of(String... namesAndValues) {
    return new GivenAttributes(List.of(namesAndValues));
  }

  /** True when a word is among the blank-separated ones of a value. */
  static boolean hasWord(String value, String word) {
    int at = value.indexOf(word);
    while (at >= 0) {
      int end = at + word.length();
      boolean starts = at == 0 || value.charAt(at - 1) <= ' ';
      if (starts && (end == value.length() || value.charAt(end) <= ' ')) {
        return true;
      }
      at = value.indexOf(word, at + 1);
    }
    return false;
  }
}
