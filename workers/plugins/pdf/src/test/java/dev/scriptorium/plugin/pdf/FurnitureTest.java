package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FurnitureTest {
  private static final float FOOT = 580;

  private final List<PageText> pages = new ArrayList<>();

  @Test
  void oneRomanNumberWhereTheOthersStandIsAPageNumber() {
    page("", FOOT);
    page("iii", FOOT);
    for (int number = 1; number <= 20; number++) {
      page(Integer.toString(number), FOOT);
    }

    assertThat(pagesWithFurniture()).hasSize(21).doesNotContain(1).contains(2, 3, 22);
  }

  @Test
  void aNumberElsewhereStays() {
    page("iii", FOOT - 10);
    for (int number = 1; number <= 20; number++) {
      page(Integer.toString(number), FOOT);
    }

    assertThat(pagesWithFurniture()).hasSize(20).doesNotContain(1);
  }

  @Test
  void aHeadOfTheFrontMatterIsOneWhenFewPagesOfTheBookWereShown() {
    page("iii Contents", FOOT);
    for (int number = 4; number <= 12; number++) {
      page("The Tide " + number, FOOT);
    }
    for (int number = 100; number < 800; number += 100) {
      pages.add(page(number, "Tide Table " + number, FOOT));
    }

    assertThat(pagesWithFurniture()).hasSize(17);
  }

  @Test
  void smallRomanNumbersThatCountOnArePageNumbersWhereverTheyStand() {
    page("ii", FOOT);
    page("iii", FOOT - 10);
    page("iv Contents", FOOT - 20);
    pagesWithoutFoot(20);

    assertThat(pagesWithFurniture()).containsExactly(1, 2, 3);
  }

  @Test
  void romanNumbersThatCountNoPagesStay() {
    page("i", FOOT);
    page("iv", FOOT - 10);
    page("xx", FOOT - 20);
    pagesWithoutFoot(20);

    assertThat(pagesWithFurniture()).isEmpty();
  }

  private void pagesWithoutFoot(int count) {
    for (int i = 0; i < count; i++) {
      page("", FOOT);
    }
  }

  private void page(String foot, float y) {
    pages.add(page(pages.size() + 1, foot, y));
  }

  private static PageText page(int number, String foot, float y) {
    List<Line> lines = new ArrayList<>(List.of(line("The tide of page " + number, 300)));
    if (!foot.isEmpty()) {
      lines.add(line(foot, y));
    }
    return new PageText(number, 400, 600, lines, false, false, "");
  }

  private static Line line(String text, float y) {
    return new Line(text, 50, 50 + 5 * text.length(), y, 10, false, List.of());
  }

  /** Pages whose second line is no part of the text. */
  private List<Integer> pagesWithFurniture() {
    Furniture furniture = new Furniture();
    pages.forEach(furniture::learn);
    furniture.decide();
    return pages.stream()
        .map(PageText::number)
        .filter(number -> furniture.contains(number, 1))
        .toList();
  }
}
