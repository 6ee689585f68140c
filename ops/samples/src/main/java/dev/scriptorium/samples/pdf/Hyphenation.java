package dev.scriptorium.samples.pdf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where words may be broken: by a list, so that every break was seen by somebody. */
final class Hyphenation {
  private final Map<String, List<Integer>> breaks = new HashMap<>();

  /** Reads one word a line, with a hyphen at every place; lines that begin with # are skipped. */
  static Hyphenation read(Path file) throws IOException {
    Hyphenation hyphenation = new Hyphenation();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        hyphenation.add(line.strip());
      }
    }
    return hyphenation;
  }

  private void add(String entry) {
    List<Integer> places = new ArrayList<>();
    for (int at = entry.indexOf('-'); at >= 0; at = entry.indexOf('-', at + 1)) {
      places.add(at - places.size());
    }
    breaks.put(entry.replace("-", ""), places);
  }

  /** Lengths of the first halves that a word may be broken into, longest first. */
  List<Integer> breaks(String word) {
    int letters = word.length();
    while (letters > 0 && ".,;:!?”".indexOf(word.charAt(letters - 1)) >= 0) {
      letters--;
    }
    return breaks.getOrDefault(word.substring(0, letters), List.of()).reversed();
  }
}
