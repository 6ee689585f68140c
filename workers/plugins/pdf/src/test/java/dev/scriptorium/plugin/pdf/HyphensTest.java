package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HyphensTest {
  private final Vocabulary vocabulary = new Vocabulary();
  private final Hyphens hyphens = new Hyphens(vocabulary);

  /** Lines of a book that breaks many words. */
  private void learn(String... lines) {
    for (String line : lines) {
      vocabulary.learn("x " + line + " x-");
    }
  }

  @Test
  void wordsThatOccurElsewhereAreJoined() {
    learn("the lighthouse stood there", "light and house");

    assertThat(hyphens.join("light-", "house,")).isEqualTo("light");
  }

  @Test
  void linesBreakWordsOfHangulThatOccurElsewhere() {
    learn("이 소프트웨어를 설치", "우리 나라 우리나라");

    assertThat(hyphens.between("자유 소프트웨", "어를 배포")).isEmpty();
    assertThat(hyphens.between("우리", "나라")).isEqualTo(" ");
    assertThat(hyphens.between("자유 소프트웨어를", "배포")).isEqualTo(" ");
  }

  @Test
  void whatMayBeHalfAWordOfHangulIsNotLearnt() {
    vocabulary.learn("이 자유 소프트웨");
    vocabulary.learn("어를 배포");

    assertThat(vocabulary.contains("자유")).isTrue();
    assertThat(vocabulary.contains("소프트웨")).isFalse();
    assertThat(vocabulary.contains("어를")).isFalse();
  }

  @Test
  void hyphensThatOccurElsewhereStay() {
    learn("a well-known man");

    assertThat(hyphens.join("well-", "known")).isEqualTo("well-");
  }

  @Test
  void twoWordsKeepTheirHyphenAndSyllablesLoseIt() {
    learn("the stone and the house");

    assertThat(hyphens.join("stone-", "house")).isEqualTo("stone-");
    assertThat(hyphens.join("syl-", "lable")).isEqualTo("syl");
  }

  @Test
  void capitalsKeepTheHyphen() {
    learn("the anglosaxon kings");

    assertThat(hyphens.join("Anglo-", "Saxon")).isEqualTo("Anglo-");
  }

  @Test
  void theTypesettersOwnHyphenDecidesWhereItIsUsed() {
    for (int i = 0; i < 5; i++) {
      vocabulary.learn("a well-known man walks along the har\u2010");
    }

    assertThat(hyphens.join("soul\u2010", "less")).isEqualTo("soul");
    assertThat(hyphens.join("har-", "bour")).isEqualTo("har-");
  }

  @Test
  void aBookThatBreaksNoWordsKeepsItsHyphens() {
    for (int i = 0; i < 300; i++) {
      vocabulary.learn("no line of this book ends in half a word");
    }

    assertThat(hyphens.join("general-", "major")).isEqualTo("general-");
  }
}
