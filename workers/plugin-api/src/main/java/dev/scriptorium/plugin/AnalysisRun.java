package dev.scriptorium.plugin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a text was analyzed: no part of what was found, so it may hold what differs from run to run.
 *
 * @param plugin who did it, for example {@code scriptorium}
 * @param mode how its members worked together, UPPER_SNAKE; empty when it knows no modes
 * @param weights version of what it has learned; empty when it has learned nothing
 * @param paragraphs how many were judged
 * @param members those that were to be asked, none twice
 * @param fallbacks why less was done than was asked for, UPPER_SNAKE, in alphabetical order: {@code
 *     LANGUAGE}, {@code MEMBER_FAILED}, {@code MEMORY}, {@code TIME}, or a plugin's own
 */
public record AnalysisRun(
    String plugin,
    String mode,
    String weights,
    long paragraphs,
    List<MemberRun> members,
    List<String> fallbacks) {

  /** Copies the lists and sorts the fallbacks. */
  public AnalysisRun {
    members = List.copyOf(members);
    fallbacks = List.copyOf(new TreeSet<>(fallbacks));
    if (paragraphs < 0) {
      throw new IllegalArgumentException(paragraphs + " paragraphs");
    }
  }

  /**
   * What one member did.
   *
   * @param name UPPER_SNAKE
   * @param weight how much it counted, 1 being as learned
   * @param judged how many paragraphs it was asked about
   * @param time how long it thought about them
   * @param failed true when it was asked no more because it failed
   */
  public record MemberRun(String name, double weight, long judged, Duration time, boolean failed) {
    /** Checks the ranges. */
    public MemberRun {
      if (name.isEmpty() || judged < 0 || time.isNegative() || !(weight >= 0)) {
        throw new IllegalArgumentException(
            "member '" + name + "', weight " + weight + ", " + judged + " in " + time);
      }
    }

    private MemberRun and(MemberRun other) {
      return new MemberRun(
          name, weight, judged + other.judged, time.plus(other.time), failed || other.failed);
    }
  }

  /**
   * The runs on the parts of a book as one.
   *
   * @param parts at least one; plugin, mode and weights are those of the first
   */
  public static AnalysisRun whole(List<AnalysisRun> parts) {
    AnalysisRun first = parts.getFirst();
    long paragraphs = 0;
    Map<String, MemberRun> members = new LinkedHashMap<>();
    SortedSet<String> fallbacks = new TreeSet<>();
    for (AnalysisRun part : parts) {
      paragraphs += part.paragraphs;
      part.members.forEach(member -> members.merge(member.name(), member, MemberRun::and));
      fallbacks.addAll(part.fallbacks);
    }
    return new AnalysisRun(
        first.plugin,
        first.mode,
        first.weights,
        paragraphs,
        new ArrayList<>(members.values()),
        List.copyOf(fallbacks));
  }
}
