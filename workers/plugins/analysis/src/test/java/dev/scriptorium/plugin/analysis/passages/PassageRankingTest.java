package dev.scriptorium.plugin.analysis.passages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.TextRange;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassageRankingTest {
  private static final String HARBOUR =
      "The harbour lay grey and still under a low sky, and along the quay stood narrow houses.";

  @Test
  void theFirstMentionOfAnEntityRaisesItsPassage() {
    Entity judith =
        new Entity(
            1,
            Entity.Type.CHARACTER,
            "Judith",
            List.of(),
            List.of(
                new TextRange(1, 104, 110), new TextRange(1, 300, 306), new TextRange(2, 5, 11)));

    List<Passage> settled =
        PassageRanking.settle(
            List.of(passage(1, 100, "She stood there.", 40), passage(2, 0, "He sat there.", 40)),
            List.of(judith));

    assertThat(settled).extracting(Passage::priority).containsExactly(50, 40);
    assertThat(settled.getFirst().reasons()).contains("FIRST_MENTION_OF_CHARACTER");
  }

  @Test
  void aPassageSaidBeforeFalls() {
    List<Passage> settled =
        PassageRanking.settle(
            List.of(
                passage(1, 0, HARBOUR, 70),
                passage(2, 0, "A quite different tale of a bell and a boy in a tower.", 70),
                passage(3, 0, HARBOUR.replace("low", "LOW"), 70)),
            List.of());

    assertThat(settled).extracting(Passage::priority).containsExactly(70, 70, 40);
    assertThat(settled.getLast().reasons()).contains("REPETITION");
  }

  @Test
  void onlyTheBestStayAndInReadingOrder() {
    List<Passage> many =
        IntStream.range(0, PassageRanking.MOST_PASSAGES + 50)
            .mapToObj(
                i ->
                    passage(
                        1 + i / 100,
                        i * 10,
                        "w%1$d x%1$d y%1$d z%1$d".formatted(i),
                        i < 50 ? 1 : 60))
            .toList();

    List<Passage> settled = PassageRanking.settle(many, List.of());

    assertThat(settled)
        .hasSize(PassageRanking.MOST_PASSAGES)
        .isEqualTo(many.subList(50, many.size()));
  }

  private static Passage passage(int chapter, int start, String text, int priority) {
    TextRange range = new TextRange(chapter, start, start + text.length());
    return new Passage(Passage.Type.LOCATION, range, text, priority, 0.9, List.of());
  }
}
