package dev.scriptorium.plugin.analysis.names;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The words that names are made of. */
public final class NameWords {
  private NameWords() {}

  /** Words of these names, in lower case and without possessive endings. */
  public static Set<String> of(Stream<String> names) {
    Set<String> words = new HashSet<>();
    names.forEach(name -> words.addAll(NameForm.words(name)));
    return words;
  }
}
