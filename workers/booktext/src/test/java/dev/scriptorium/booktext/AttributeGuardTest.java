package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.booktext.AttributeGuard.TooManyAttributes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributeGuardTest {
  @Test
  void aWholeDocumentIsJudgedLikeAStream() throws IOException {
    Random random = new Random(4);
    int refused = 0;
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i > 0; i--) {
        text.append("<=== a".charAt(random.nextInt(6)));
      }
      byte[] document = text.toString().getBytes(StandardCharsets.US_ASCII);
      int max = 1 + random.nextInt(8);

      boolean asStream = isRefusedAsStream(document, max);

      assertThat(isRefused(document, max)).as("%d in %s", max, text).isEqualTo(asStream);
      refused += asStream ? 1 : 0;
    }
    assertThat(refused).isBetween(500, 4_500);
  }

  private static boolean isRefused(byte[] document, int max) {
    try {
      AttributeGuard.check(document, max);
      return false;
    } catch (TooManyAttributes e) {
      return true;
    }
  }

  private static boolean isRefusedAsStream(byte[] document, int max) throws IOException {
    try (AttributeGuard guard = new AttributeGuard(new ByteArrayInputStream(document), max)) {
      guard.readAllBytes();
      return false;
    } catch (TooManyAttributes e) {
      return true;
    }
  }
}
