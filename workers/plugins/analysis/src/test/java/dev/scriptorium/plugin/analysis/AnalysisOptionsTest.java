package dev.scriptorium.plugin.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scriptorium.plugin.analysis.members.Member;
import dev.scriptorium.plugin.analysis.members.Mode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnalysisOptionsTest {
  @Test
  void nothingMeansTheEnsembleOfAllMembers() {
    AnalysisOptions options = options("");

    assertThat(options.mode()).isEqualTo(Mode.ENSEMBLE);
    assertThat(options.members()).containsOnlyKeys(Member.values());
    assertThat(options.members().values()).containsOnly(1.0);
    assertThat(options.joined()).isFalse();
  }

  @Test
  void modeMembersAndBreaksAreTakenFromThePayload() {
    AnalysisOptions options = options("members=shape:0.5,Learned mode=parallel breaks=spaces");

    assertThat(options.mode()).isEqualTo(Mode.PARALLEL);
    assertThat(options.members()).isEqualTo(Map.of(Member.SHAPE, 0.5, Member.LEARNED, 1.0));
    assertThat(options.joined()).isTrue();
  }

  @Test
  void anythingElseIsRefused() {
    for (String wrong :
        new String[] {
          "mode=best",
          "members=",
          "members=everyone",
          "members=shape:0",
          "members=shape:101",
          "members=shape:NaN",
          "members=shape:much",
          "colour=blue"
        }) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> options(wrong));
    }
  }

  private static AnalysisOptions options(String payload) {
    return AnalysisOptions.of(payload.getBytes(StandardCharsets.UTF_8));
  }
}
