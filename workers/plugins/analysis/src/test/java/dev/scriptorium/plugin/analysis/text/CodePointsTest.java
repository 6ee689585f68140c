package dev.scriptorium.plugin.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CodePointsTest {
  @Test
  void anOffsetIsTheNumberOfCodePointsBefore() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      String text = text(random);
      CodePoints codePoints = CodePoints.of(text);

      for (int i = 0; i <= text.length(); i = next(text, i)) {
        assertThat(codePoints.offset(i)).isEqualTo(text.codePointCount(0, i));
      }
    }
  }

  private static int next(String text, int i) {
    return i < text.length() ? i + Character.charCount(text.codePointAt(i)) : i + 1;
  }

  private static String text(Random random) {
    String[] pieces = {"a", "é", "—", "\uD83D\uDE80", "\uD835\uDD38", "海", " "};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }
}
