package dev.scriptorium.plugin.analysis;

import dev.scriptorium.plugin.analysis.members.Member;
import dev.scriptorium.plugin.analysis.members.Mode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a job wants a book to be read: its payload, as {@code mode=NAME members=NAME,NAME
 * breaks=spaces}, in any order and any case of letters; what is left out is as usual.
 *
 * @param mode how the members work together
 * @param members who is asked; at least one
 * @param joined true when single line breaks are spaces; else they end lines of verse
 */
record AnalysisOptions(Mode mode, Set<Member> members, boolean joined) {

  /**
   * Reads a payload; what it does not say is {@code ENSEMBLE} and all members.
   *
   * @throws IllegalArgumentException when it says something else
   */
  static AnalysisOptions of(byte[] payload) {
    Mode mode = Mode.ENSEMBLE;
    Set<Member> members = EnumSet.allOf(Member.class);
    boolean joined = false;
    String text = new String(payload, StandardCharsets.UTF_8).strip().toUpperCase(Locale.ROOT);
    for (String word : text.isEmpty() ? new String[0] : text.split("\\s+", -1)) {
      if (word.startsWith("MODE=")) {
        mode = Mode.valueOf(word.substring("MODE=".length()));
      } else if (word.startsWith("MEMBERS=")) {
        members =
            Arrays.stream(word.substring("MEMBERS=".length()).split(",", -1))
                .map(Member::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Member.class)));
      } else if (word.equals("BREAKS=SPACES")) {
        joined = true;
      } else {
        throw new IllegalArgumentException(
            "An analysis knows mode=, members= and breaks=spaces, not " + word);
      }
    }
    return new AnalysisOptions(mode, members, joined);
  }
}
