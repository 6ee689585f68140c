package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalTextTest {
  private final CanonicalText text = new CanonicalText(100_000);

  @Test
  void paragraphsAreSeparatedByOneBlankLineHoweverBlocksNest() {
    text.startBlock();
    text.startBlock();
    text.text(" One ");
    text.endBlock();
    text.endBlock();
    text.startBlock();
    text.endBlock();
    text.startBlock();
    text.text("Two");
    text.endBlock();

    assertThat(text.finish()).isEqualTo("One\n\nTwo");
  }

  @Test
  void whiteSpaceIsFoldedAndSoftHyphensAndControlsGo() {
    text.text("\u00a0 a\t\n\u2009b\u00adc\u0000\ufeff d \u0007 ");

    assertThat(text.finish()).isEqualTo("a bc d");
    assertThat(text.words()).isEqualTo(3);
  }

  @Test
  void linesOfVerseAreSeparatedByALineFeedWithoutBlanks() {
    text.text("First line ");
    text.breakLine();
    text.text("  second line");
    text.breakLine();

    assertThat(text.finish()).isEqualTo("First line\nsecond line");
    assertThat(text.words()).isEqualTo(4);
  }

  @Test
  void piecesOfAWordStayTogether() {
    text.text("Ish");
    text.text("mael".toCharArray(), 0, 4);

    assertThat(text.finish()).isEqualTo("Ishmael");
  }

  @Test
  void offsetsCountCodePointsOfTheNormalisedText() {
    int start = text.mark();
    text.startBlock();
    text.text("𝔘ber cafe\u0301 ");
    int bar = text.mark();
    text.text("bar");
    text.endBlock();
    int second = text.mark();
    text.startBlock();
    text.text("Next");
    int end = text.mark();
    String canonical = text.finish();

    assertThat(canonical).isEqualTo("𝔘ber café bar\n\nNext");
    assertThat(from(canonical, text.offsetOf(start))).startsWith("𝔘ber");
    assertThat(from(canonical, text.offsetOf(bar))).isEqualTo("bar\n\nNext");
    assertThat(from(canonical, text.offsetOf(second))).isEqualTo("Next");
    assertThat(text.offsetOf(end)).isEqualTo(text.codePoints());
  }

  @Test
  void aMarkAtTheEndOfAParagraphStaysInIt() {
    text.text("one ");
    int mark = text.mark();
    text.endBlock();
    text.text("two");
    text.finish();

    assertThat(text.offsetOf(mark)).isEqualTo(3);
  }

  @Test
  void aMarkAfterTheLastCharacterIsTheLength() {
    text.text("one");
    text.endBlock();
    int mark = text.mark();
    text.finish();

    assertThat(text.offsetOf(mark)).isEqualTo(3);
  }

  @Test
  void textBeyondTheLimitIsLeftOut() {
    CanonicalText small = new CanonicalText(5);
    small.text("ab");
    small.endBlock();
    small.text("𝔘𝔘𝔘".toCharArray(), 0, 6);

    assertThat(small.finish()).isEqualTo("ab\n\n𝔘");
    assertThat(small.codePoints()).isEqualTo(5);
    assertThat(small.truncated()).isTrue();
  }

  @Test
  void halvesOfSurrogatePairsAreReplaced() {
    text.text("a\ud800b");

    assertThat(text.finish()).isEqualTo("a\ufffdb");
  }

  @Test
  void theRulesHoldForRandomText() {
    Random random = new Random(7);
    String[] pieces = {
      "a", "é", "e\u0301", " ", "\u00a0", "\n", "\u00ad", "𝔘", "\u212b", "\ud834"
    };
    for (int round = 0; round < 300; round++) {
      CanonicalText built = new CanonicalText(200);
      for (int i = 0; i < 120; i++) {
        switch (random.nextInt(12)) {
          case 0 -> built.startBlock();
          case 1 -> built.breakLine();
          case 2 -> built.mark();
          default -> built.text(pieces[random.nextInt(pieces.length)]);
        }
      }
      String canonical = built.finish();

      assertThat(Normalizer.isNormalized(canonical, Normalizer.Form.NFC)).isTrue();
      assertThat(canonical).doesNotContain("  ", " \n", "\n ", "\n\n\n", "\u00ad");
      assertThat(canonical).isEqualTo(canonical.strip());
      assertThat(built.codePoints()).isEqualTo(canonical.codePointCount(0, canonical.length()));
      assertThat(built.codePoints()).isLessThanOrEqualTo(200);
      assertThat(built.words()).isEqualTo(Words.count(canonical));
    }
  }

  @Test
  void plainCharactersAreThoseThatNormalisationNeverTouches() {
    for (int i = 0; i <= Character.MAX_VALUE; i++) {
      char c = (char) i;
      byte kind = CharacterKind.of(c);
      boolean space = kind == CharacterKind.SPACE || kind == CharacterKind.BLANK;
      assertThat(space).as("U+%04X", i).isEqualTo(Words.isSpace(i));
      if (CharacterKind.of(c) == CharacterKind.PLAIN) {
        String around = "e" + c + "u" + c + c + "\uD55C" + c;
        assertThat(Normalizer.normalize(around, Normalizer.Form.NFC))
            .as("U+%04X", i)
            .isEqualTo(around);
        assertThat(Character.getType(c))
            .as("U+%04X", i)
            .isNotIn(
                (int) Character.NON_SPACING_MARK,
                (int) Character.COMBINING_SPACING_MARK,
                (int) Character.ENCLOSING_MARK,
                (int) Character.SURROGATE);
      }
    }
  }

  @Test
  void singleBlanksStayAndTheLimitFallsWhereItFellWithoutThem() {
    for (int limit = 1; limit < 30; limit++) {
      CanonicalText whole = new CanonicalText(limit);
      whole.text("one two  three four");
      whole.endBlock();
      whole.text("five six");
      CanonicalText pieces = new CanonicalText(limit);
      for (char c : "one two  three four".toCharArray()) {
        pieces.text(String.valueOf(c));
      }
      pieces.endBlock();
      for (char c : "five six".toCharArray()) {
        pieces.text(String.valueOf(c));
      }

      assertThat(whole.finish()).isEqualTo(pieces.finish());
      assertThat(whole.words()).isEqualTo(pieces.words());
      assertThat(whole.truncated()).isEqualTo(pieces.truncated());
    }
  }

  @Test
  void marksWithoutEndArePartedSoThatTheirOrderTakesLinearTime() {
    CanonicalText large = new CanonicalText(1_000_000);
    large.text("e" + "\u0301\u0323".repeat(100_000) + "x");

    String canonical = large.finish();

    assertThat(canonical).endsWith("x").contains("\u034F");
    assertThat(Normalizer.isNormalized(canonical, Normalizer.Form.NFC)).isTrue();
  }

  @Test
  void fewerThanThirtyMarksAreLeftAsTheyAre() {
    text.text("a" + "\u0316".repeat(29) + "b" + "\u0316".repeat(29));

    assertThat(text.finish()).doesNotContain("\u034F");
  }

  @Test
  void offsetsAreUnknownBeforeTheEnd() {
    int mark = text.mark();

    assertThatThrownBy(() -> text.offsetOf(mark)).isInstanceOf(IllegalStateException.class);
  }

  private static String from(String canonical, int codePoint) {
    return canonical.substring(canonical.offsetByCodePoints(0, codePoint));
  }
}
