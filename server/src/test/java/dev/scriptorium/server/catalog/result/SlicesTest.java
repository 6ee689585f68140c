package dev.scriptorium.server.catalog.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.catalog.result.Slices.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlicesTest {
  @Test
  void aNovelIsCutIntoSlicesOfAboutTwentyThousandWords() {
    List<Integer> words = Collections.nCopies(40, 3000);

    List<Slice> slices = Slices.of(words);

    assertThat(slices).hasSize(6);
    assertThat(slices.getFirst()).isEqualTo(new Slice(1, 7));
    assertThat(slices.getLast().last()).isEqualTo(40);
  }

  @Test
  void aShortBookIsOneSliceAndAnEmptyOneNone() {
    assertThat(Slices.of(List.of(0, 5, 0))).containsExactly(new Slice(1, 3));
    assertThat(Slices.of(List.of(0, 0))).isEmpty();
    assertThat(Slices.of(List.of())).isEmpty();
  }

  @Test
  void anyBookIsCoveredOnceAndInOrder() {
    Random random = new Random(11);
    for (int round = 0; round < 2000; round++) {
      List<Integer> words = new ArrayList<>();
      for (int n = random.nextInt(60); n > 0; n--) {
        words.add(random.nextInt(4) == 0 ? 0 : random.nextInt(30_000));
      }
      int next = 1;
      for (Slice slice : Slices.of(words)) {
        assertThat(slice.first()).isEqualTo(next);
        assertThat(words.subList(slice.first() - 1, slice.last())).anyMatch(count -> count > 0);
        next = slice.last() + 1;
      }
      boolean empty = words.stream().allMatch(count -> count == 0);
      assertThat(next).isEqualTo(empty ? 1 : words.size() + 1);
    }
  }
}
