package dev.scriptorium.plugin.analysis;

import dev.scriptorium.plugin.analysis.members.Member;
import dev.scriptorium.plugin.analysis.members.Mode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a job wants a book to be read: its payload, as {@code mode=NAME members=NAME:WEIGHT,NAME
 * breaks=spaces}, in any order and any case of letters; what is left out is as usual. A weight says
 * how much a member counts where they are weighed against each other: 1 as learned, 0.01 to 100.
 *
 * @param mode how the members work together
 * @param members who is asked, and how much each counts; at least one
 * @param joined true when single line breaks are spaces; else they end lines of verse
 */
record AnalysisOptions(Mode mode, Map<Member, Double> members, boolean joined) {
  private static final double LEAST_WEIGHT = 0.01;
  private static final double MOST_WEIGHT = 100;

  AnalysisOptions {
    members = Collections.unmodifiableMap(new EnumMap<>(members));
  }

  /**
   * Reads a payload; what it does not say is {@code ENSEMBLE} and all members.
   *
   * @throws IllegalArgumentException when it says something else
   */
  static AnalysisOptions of(byte[] payload) {
    Mode mode = Mode.ENSEMBLE;
    Map<Member, Double> members = everyone();
    boolean joined = false;
    String text = new String(payload, StandardCharsets.UTF_8).strip().toUpperCase(Locale.ROOT);
    for (String word : text.isEmpty() ? new String[0] : text.split("\\s+", -1)) {
      if (word.startsWith("MODE=")) {
        mode = Mode.valueOf(word.substring("MODE=".length()));
      } else if (word.startsWith("MEMBERS=")) {
        members = members(word.substring("MEMBERS=".length()));
      } else if (word.equals("BREAKS=SPACES")) {
        joined = true;
      } else {
        throw new IllegalArgumentException(
            "An analysis knows mode=, members= and breaks=spaces, not " + word);
      }
    }
    return new AnalysisOptions(mode, members, joined);
  }

  private static Map<Member, Double> everyone() {
    Map<Member, Double> members = new EnumMap<>(Member.class);
    for (Member member : Member.values()) {
      members.put(member, 1.0);
    }
    return members;
  }

  private static Map<Member, Double> members(String list) {
    Map<Member, Double> members = new EnumMap<>(Member.class);
    for (String one : list.split(",", -1)) {
      int colon = one.indexOf(':');
      Member member = Member.valueOf(colon < 0 ? one : one.substring(0, colon));
      double weight = colon < 0 ? 1 : Double.parseDouble(one.substring(colon + 1));
      // Negated, because a NaN is not at least anything.
      if (!(weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT)) {
        throw new IllegalArgumentException(
            one + " counts " + weight + ", not " + LEAST_WEIGHT + " to " + MOST_WEIGHT);
      }
      members.put(member, weight);
    }
    return members;
  }
}
