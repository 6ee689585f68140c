package dev.scriptorium.client;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One page of a list.
 *
 * @param next token of the next page; empty at the end
 */
record Page<T>(List<T> items, String next) {

  /** All items of all pages; a page is asked for when the one before is used up. */
  static <T> Stream<T> stream(Function<String, Page<T>> fetch) {
    Iterator<T> all = new AllPages<>(fetch);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED | Spliterator.NONNULL), false);
  }

  private static final class AllPages<T> implements Iterator<T> {
    private final Function<String, Page<T>> fetch;
    private final Queue<T> items = new ArrayDeque<>();
    private String token = "";
    private boolean ended;

    AllPages(Function<String, Page<T>> fetch) {
      this.fetch = fetch;
    }

    @Override
    public boolean hasNext() {
      // A page may be empty and still have a successor.
      while (items.isEmpty() && !ended) {
        Page<T> page = fetch.apply(token);
        items.addAll(page.items());
        token = page.next();
        ended = token.isEmpty();
      }
      return !items.isEmpty();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more pages");
      }
      return items.remove();
    }
  }
}
