package dev.scriptorium.hostile.fuzz;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The fuzz targets on their seeds, whole, cut and damaged: the same damage in every build. */
class FuzzReplayTest {
  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 400);
  private static final Duration TIME = Duration.ofMinutes(5);

  @Test
  void damagedEpubsEndInABookOrARefusal() {
    replay(EpubFuzz::fuzzerTestOneInput, FuzzSeeds.epub());
  }

  @Test
  void damagedPdfsEndInABookOrARefusal() {
    replay(PdfFuzz::fuzzerTestOneInput, FuzzSeeds.pdf());
  }

  @Test
  void damagedFictionBooksEndInABookOrARefusal() throws IOException {
    replay(FictionBookFuzz::fuzzerTestOneInput, FuzzSeeds.fictionBook());
  }

  @Test
  void damagedTextsEndInABookOrARefusal() {
    replay(TextFuzz::fuzzerTestOneInput, FuzzSeeds.text());
  }

  private static void replay(Consumer<byte[]> target, List<byte[]> seeds) {
    Assertions.assertTimeoutPreemptively(
        TIME,
        () -> {
          seeds.forEach(target);
          Random random = new Random(20261128);
          for (int round = 0; round < ROUNDS; round++) {
            target.accept(damaged(seeds.get(round % seeds.size()), random));
          }
        });
  }

  /** Cut in a third of all cases, then changed, repeated or emptied in a few places. */
  private static byte[] damaged(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    if (random.nextInt(3) == 0) {
      bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(bytes.length - at, random.nextInt(30));
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 ->
            System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
        default -> Arrays.fill(bytes, at, at + length, (byte) '9');
      }
    }
    return bytes;
  }
}
