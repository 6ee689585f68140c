package dev.scriptorium.plugin.analysis.text;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made of a text, for as long as it is asked for. Two generations: when the
 * young one is full it becomes the old one, and what nobody asked for since is forgotten.
 * Thread-safe; the same value may be made twice when two threads ask at once, so making it must be
 * pure.
 */
final class BoundedMemo<V> {
  private final int generation;
  private volatile Generations<V> generations = Generations.empty();

  /**
   * @param generation number of values after which the older ones are forgotten; at most twice as
   *     many are held
   */
  BoundedMemo(int generation) {
    if (generation < 1) {
      throw new IllegalArgumentException("A generation of " + generation + " is below 1");
    }
    this.generation = generation;
  }

  /** What is remembered of {@code key}, or else made of it now. */
  V get(String key, Function<String, V> make) {
    Generations<V> current = generations;
    V known = current.young.get(key);
    if (known != null) {
      return known;
    }
    @Nullable V older = current.old.get(key);
    V value = older != null ? older : make.apply(key);
    current.young.put(key, value);
    // Counting takes a look at every cell of the map: affordable here, where something was made.
    if (current.young.mappingCount() >= generation) {
      age();
    }
    return value;
  }

  /** Number of values held, at most twice the generation and one for each thread. */
  long size() {
    Generations<V> current = generations;
    return current.young.mappingCount() + current.old.size();
  }

  private synchronized void age() {
    Generations<V> current = generations;
    // Another thread may have been here first.
    if (current.young.mappingCount() >= generation) {
      generations = new Generations<>(new ConcurrentHashMap<>(), current.young);
    }
  }

  private record Generations<V>(ConcurrentHashMap<String, V> young, Map<String, V> old) {
    static <V> Generations<V> empty() {
      return new Generations<>(new ConcurrentHashMap<>(), Map.of());
    }
  }
}
