package dev.scriptorium.plugin.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineBreaksTest {
  @Test
  void singleBreaksBecomeSpacesAndBlankLinesStay() {
    assertThat(LineBreaks.joined("Sir Walter\nElliot, of\r\nKellynch.\n\nHe was"))
        .isEqualTo("Sir Walter Elliot, of  Kellynch.\n\nHe was");
  }

  @Test
  void aLineOfSpacesIsBlank() {
    assertThat(LineBreaks.joined("One.\n  \t\nTwo.\r\n\r\nThree."))
        .isEqualTo("One.\n\n   Two.\n\n  Three.");
  }

  @Test
  void everyOffsetStays() {
    String text = "\n\nA\n \nB \n C\r\n\n\n\nD\n";
    String joined = LineBreaks.joined(text);

    assertThat(joined).hasSameSizeAs(text);
    for (String letter : new String[] {"A", "B", "C", "D"}) {
      assertThat(joined.indexOf(letter)).isEqualTo(text.indexOf(letter));
    }
  }
}
