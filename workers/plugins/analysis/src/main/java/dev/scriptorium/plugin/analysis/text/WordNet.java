package dev.scriptorium.plugin.analysis.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What nouns and verbs mean most often, and their base forms, by Princeton's WordNet 3.1: about 8
 * MB of heap. Words of one part alone; a meaning of its own file only when {@link Supersense} names
 * it. Immutable and shared by all threads.
 */
public final class WordNet {
  private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";

  // Endings and what stands in their place in the base form, those of WordNet's own morphology.
  private static final String[][] NOUN_ENDINGS = {
    {"s", ""},
    {"ses", "s"},
    {"xes", "x"},
    {"zes", "z"},
    {"ches", "ch"},
    {"shes", "sh"},
    {"men", "man"},
    {"ies", "y"}
  };
  private static final String[][] VERB_ENDINGS = {
    {"s", ""},
    {"ies", "y"},
    {"es", "e"},
    {"es", ""},
    {"ed", "e"},
    {"ed", ""},
    {"ing", "e"},
    {"ing", ""}
  };

  private final Part nouns = new Part(NOUN_ENDINGS);
  private final Part verbs = new Part(VERB_ENDINGS);

  private WordNet() {}

  /**
   * Reads it from the class path.
   *
   * @throws IOException when it is not there
   */
  public static WordNet load() throws IOException {
    WordNet read = new WordNet();
    try (BufferedReader lines = open("index.sense")) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        read.addSense(line);
      }
    }
    read.nouns.readExceptions("noun.exc");
    read.verbs.readExceptions("verb.exc");
    return read;
  }

  /** A dictionary without words. */
  public static WordNet none() {
    return new WordNet();
  }

  /**
   * The most frequent meaning of a word in any form.
   *
   * @param lower the word in lower case
   * @param tag universal part of speech
   * @return empty for other parts of speech, unknown words, and meanings without a name
   */
  public Optional<Supersense> sense(String lower, String tag) {
    return switch (tag) {
      case "NOUN" -> nouns.sense(lower);
      case "VERB" -> verbs.sense(lower);
      default -> Optional.empty();
    };
  }

  /** Base form of a noun or verb; the word itself when the dictionary does not know it. */
  public String lemma(String lower, String tag) {
    return switch (tag) {
      case "NOUN" -> nouns.lemma(lower);
      case "VERB", "AUX" -> verbs.lemma(lower);
      default -> lower;
    };
  }

  /**
   * Takes a line {@code lemma%type:file:id:head:headid place number count}: types 1 and 2 are nouns
   * and verbs, number 1 is the most frequent sense.
   */
  private void addSense(String line) {
    int percent = line.indexOf('%');
    char type = line.charAt(percent + 1);
    boolean nounOrVerb = type == '1' || type == '2';
    if (!nounOrVerb || line.lastIndexOf('_', percent) >= 0) {
      return;
    }
    int place = line.indexOf(' ', percent);
    int number = line.indexOf(' ', place + 1);
    if (!line.startsWith("1 ", number + 1)) {
      return;
    }
    int file = Integer.parseInt(line, percent + 3, percent + 5, 10);
    Part part = type == '1' ? nouns : verbs;
    part.senses.put(line.substring(0, percent), Supersense.ofFile(file));
  }

  private static BufferedReader open(String name) throws IOException {
    InputStream in = WordNet.class.getResourceAsStream(FOLDER + name);
    if (in == null) {
      throw new IOException("WordNet's " + name + " is not on the class path");
    }
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
  }

  /** Words of one part of speech. */
  private static final class Part {
    private final Map<String, Optional<Supersense>> senses = new HashMap<>();
    private final Map<String, String> exceptions = new HashMap<>();
    private final String[][] endings;

    Part(String[][] endings) {
      this.endings = endings;
    }

    /** Takes lines {@code form base}. */
    void readExceptions(String name) throws IOException {
      try (BufferedReader lines = open(name)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] words = line.split(" ", -1);
          if (senses.containsKey(words[1])) {
            exceptions.put(words[0], words[1]);
          }
        }
      }
    }

    Optional<Supersense> sense(String word) {
      return senses.getOrDefault(lemma(word), Optional.empty());
    }

    String lemma(String word) {
      String exception = exceptions.get(word);
      if (exception != null || senses.containsKey(word)) {
        return exception != null ? exception : word;
      }
      for (String[] ending : endings) {
        if (word.endsWith(ending[0])) {
          String base = word.substring(0, word.length() - ending[0].length()) + ending[1];
          if (senses.containsKey(base)) {
            return base;
          }
        }
      }
      return word;
    }
  }
}
