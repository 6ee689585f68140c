package dev.scriptorium.worker.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.TextRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultDecodingTest {
  @Test
  void aPassageOfSeveralTypesComesBackAsItWent() {
    Passage passage =
        new Passage(
            List.of(Passage.Type.ACTION, Passage.Type.CHARACTER, Passage.Type.LOCATION),
            new TextRange(2, 3, 9),
            "He ran",
            61,
            0.75,
            List.of("MOTION"));

    assertThat(ResultDecoding.passage(ResultEncoding.passage(passage))).isEqualTo(passage);
  }
}
