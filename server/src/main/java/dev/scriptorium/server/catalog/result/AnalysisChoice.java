package dev.scriptorium.server.catalog.result;

import com.google.protobuf.ByteString;
import dev.scriptorium.v1.AnalysisMember;
import dev.scriptorium.v1.AnalysisMode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How somebody's books are to be analyzed.
 *
 * @param mode how the members work together
 * @param members who is asked, and how much each counts; at least one
 */
public record AnalysisChoice(AnalysisMode mode, Map<AnalysisMember, Double> members) {
  private static final String MODE = "ANALYSIS_MODE_";
  private static final String MEMBER = "ANALYSIS_MEMBER_";

  /** What the plugin does when it is told nothing. */
  public static final AnalysisChoice USUAL = usual();

  /** Copies the map. */
  public AnalysisChoice {
    members = Collections.unmodifiableMap(new EnumMap<>(members));
  }

  private static AnalysisChoice usual() {
    Map<AnalysisMember, Double> everyone = new EnumMap<>(AnalysisMember.class);
    for (AnalysisMember member : AnalysisMember.values()) {
      if (member != AnalysisMember.ANALYSIS_MEMBER_UNSPECIFIED
          && member != AnalysisMember.UNRECOGNIZED) {
        everyone.put(member, 1.0);
      }
    }
    return new AnalysisChoice(AnalysisMode.ANALYSIS_MODE_ENSEMBLE, everyone);
  }

  /** What the jobs are handed; empty for what is usual. */
  public ByteString payload() {
    return equals(USUAL) ? ByteString.EMPTY : ByteString.copyFromUtf8(toText());
  }

  /** In words: {@code mode=PARALLEL members=SHAPE:2.5,LEARNED:1.0}. */
  public String toText() {
    String asked =
        members.entrySet().stream()
            .map(one -> one.getKey().name().substring(MEMBER.length()) + ":" + one.getValue())
            .collect(Collectors.joining(","));
    return "mode=" + mode.name().substring(MODE.length()) + " members=" + asked;
  }
}
