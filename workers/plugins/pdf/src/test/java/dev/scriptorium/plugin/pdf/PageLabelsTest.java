package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.junit.jupiter.api.Test;

class PageLabelsTest {
  private final COSDictionary catalog = new COSDictionary();
  private final COSDictionary root = new COSDictionary();
  private final COSArray ranges = new COSArray();

  PageLabelsTest() {
    catalog.setItem(COSName.PAGE_LABELS, root);
    root.setItem(COSName.NUMS, ranges);
  }

  private void range(int first, String style, int start, String prefix) {
    COSDictionary range = new COSDictionary();
    range.setName(COSName.S, style);
    range.setInt(COSName.ST, start);
    range.setString(COSName.P, prefix);
    ranges.add(COSInteger.get(first));
    ranges.add(range);
  }

  @Test
  void everyStyleCountsItsOwnWay() {
    range(0, "r", 1, "");
    range(4, "D", 1, "");
    range(10, "A", 26, "Plate ");

    PageLabels labels = PageLabels.read(catalog);

    assertThat(labels.of(4)).isEqualTo("iv");
    assertThat(labels.of(5)).isEqualTo("1");
    assertThat(labels.of(11)).isEqualTo("Plate Z");
    assertThat(labels.of(12)).isEqualTo("Plate AA");
  }

  @Test
  void hugeNumbersStayShort() {
    range(0, "a", Integer.MAX_VALUE, "");

    assertThat(PageLabels.read(catalog).of(2)).isEqualTo("2147483648");
  }

  @Test
  void aTreeThatHoldsItselfEnds() {
    COSArray kids = new COSArray();
    kids.add(root);
    root.setItem(COSName.KIDS, kids);
    range(0, "R", 3, "");

    assertThat(PageLabels.read(catalog).of(1)).isEqualTo("III");
  }

  @Test
  void withoutLabelsThePagesHaveTheirNumbers() {
    assertThat(PageLabels.read(new COSDictionary()).of(7)).isEqualTo("7");
  }
}
