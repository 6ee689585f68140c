package dev.scriptorium.plugin.analysis.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Named lists of words from a resource: a line {@code [name]} begins a list, words are separated by
 * blanks, {@code #} begins a comment line. Immutable.
 */
public final class WordLists {
  private final Map<String, Set<String>> lists;

  private WordLists(Map<String, Set<String>> lists) {
    this.lists = lists;
  }

  /**
   * @param resource beside the package {@code dev.scriptorium.plugin.analysis}
   */
  public static WordLists load(String resource) {
    String path = "/dev/scriptorium/plugin/analysis/" + resource;
    try (InputStream in = WordLists.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("There is no resource " + path);
      }
      return new WordLists(read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Set<String>> read(InputStream in) throws IOException {
    Map<String, Set<String>> lists = new HashMap<>();
    Set<String> list = new HashSet<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("[")) {
        list = lists.computeIfAbsent(line.substring(1, line.indexOf(']')), _ -> new HashSet<>());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        list.addAll(Arrays.asList(line.strip().split("\\s+", -1)));
      }
    }
    return lists;
  }

  /** True when there is a list of that name. */
  public boolean has(String name) {
    return lists.containsKey(name);
  }

  /** A list by its name. */
  public Set<String> list(String name) {
    Set<String> list = lists.get(name);
    if (list == null) {
      throw new IllegalArgumentException("There is no list " + name);
    }
    return Set.copyOf(list);
  }
}
