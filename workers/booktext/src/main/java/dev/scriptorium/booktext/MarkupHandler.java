package dev.scriptorium.booktext;

/** Takes a document in reading order, from the XML parser or from the tolerant one. */
public interface MarkupHandler {
  /**
   * An element begins.
   *
   * @param element local name, as written
   * @param attributes valid only during this call
   */
  void start(String element, MarkupAttributes attributes);

  /** Text between tags, in pieces of any size; the array is valid only during this call. */
  void text(char[] chars, int offset, int length);

  /** The element begun last ends. */
  void end(String element);

  /** An entity that is neither XML's nor HTML's; it is never expanded. */
  default void unknownEntity(String name) {}

  /** Elements are nested deeper than the limit: from here on their tags are not reported. */
  default void tooDeep() {}
}
