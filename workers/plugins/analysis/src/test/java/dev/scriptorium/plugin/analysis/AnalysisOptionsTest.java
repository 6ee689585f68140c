package dev.scriptorium.plugin.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.scriptorium.plugin.analysis.members.Member;
import dev.scriptorium.plugin.analysis.members.Mode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnalysisOptionsTest {
  @Test
  void nothingMeansTheEnsembleOfAllMembers() {
    AnalysisOptions options = options("");

    assertThat(options.mode()).isEqualTo(Mode.ENSEMBLE);
    assertThat(options.members()).containsExactly(Member.values());
    assertThat(options.joined()).isFalse();
  }

  @Test
  void modeMembersAndBreaksAreTakenFromThePayload() {
    AnalysisOptions options = options("members=shape,Learned mode=parallel breaks=spaces");

    assertThat(options.mode()).isEqualTo(Mode.PARALLEL);
    assertThat(options.members()).containsExactly(Member.SHAPE, Member.LEARNED);
    assertThat(options.joined()).isTrue();
  }

  @Test
  void anythingElseIsRefused() {
    for (String wrong : new String[] {"mode=best", "members=", "members=everyone", "colour=blue"}) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> options(wrong));
    }
  }

  private static AnalysisOptions options(String payload) {
    return AnalysisOptions.of(payload.getBytes(StandardCharsets.UTF_8));
  }
}
