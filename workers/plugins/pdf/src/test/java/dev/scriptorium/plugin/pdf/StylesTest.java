package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Books without outline in the styles of several programs, against the text they were set from. */
class StylesTest {
  private static final int CHAPTERS = 6;
  private static final int PARAGRAPHS = 22;
  private static final List<String> SYLLABLES =
      List.of(
          "ba", "fi", "flo", "ker", "lam", "mon", "nu", "pen", "ra", "sel", "tor", "vin", "ster",
          "gal", "du", "chi", "or", "en", "il", "us");

  @TempDir Path folder;

  @Test
  void textAndChaptersAreThoseOfTheBook() throws Exception {
    BundledFonts.use();
    Map<String, Style> styles = new TreeMap<>();
    styles.put("Word", Style.WORD);
    styles.put("LibreOffice", Style.LIBRE_OFFICE);
    styles.put("InDesign", Style.IN_DESIGN);
    styles.put("pdfTeX", Style.PDF_TEX);
    styles.put("pdfTeX, two columns", Style.PDF_TEX_COLUMNS);
    styles.put("a browser", Style.BROWSER);
    SoftAssertions softly = new SoftAssertions();
    for (Map.Entry<String, Style> style : styles.entrySet()) {
      check(softly, style.getKey(), style.getValue());
    }
    softly.assertAll();
  }

  private void check(SoftAssertions softly, String name, Style style) throws Exception {
    Random random = new Random(name.hashCode());
    List<String> gold = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    RecordedBook book;
    try (Press press = new Press(style)) {
      List<List<String>> vocabulary = vocabulary(random);
      for (int chapter = 1; chapter <= CHAPTERS; chapter++) {
        String title = capital(word(vocabulary, random)) + " and " + word(vocabulary, random);
        titles.add(press.chapter(title) + " " + title);
        gold.add(title);
        paragraphs(press, vocabulary, random, gold, style.notes());
      }
      book = RecordedBook.parse(press.save(folder.resolve("styled.pdf")), folder);
    }
    softly
        .assertThat(book.chapters.stream().map(one -> one.firstPage() + " " + one.title()))
        .as(name)
        .containsExactlyElementsOf(titles);
    softly.assertThat(book.text()).as(name).doesNotContain("THE BOOK", "\uFB01", "\u00AD");
    String text =
        book.text()
            + "\n\n"
            + book.notes.stream().map(note -> note.text()).collect(Collectors.joining("\n\n"));
    softly.assertThat(WordOrder.f1(String.join("\n\n", gold), text)).as(name).isGreaterThan(0.99);
  }

  /** Sets a chapter; its notes are gathered behind the text, as they are compared. */
  private static void paragraphs(
      Press press, List<List<String>> vocabulary, Random random, List<String> gold, boolean notes)
      throws IOException {
    for (int i = 0; i < PARAGRAPHS; i++) {
      List<List<String>> words = new ArrayList<>();
      int length = 15 + random.nextInt(70);
      for (int word = 0; word < length; word++) {
        words.add(vocabulary.get((int) (vocabulary.size() * Math.pow(random.nextDouble(), 2))));
      }
      words.set(0, capitalised(words.getFirst()));
      words.set(length - 1, with(words.getLast(), "."));
      press.paragraph(words, i == 0, notes && i == 9 ? "Of this nothing more is known here." : "");
      gold.add(words.stream().map(word -> String.join("", word)).collect(Collectors.joining(" ")));
    }
  }

  private static List<List<String>> vocabulary(Random random) {
    List<List<String>> words = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      List<String> word = new ArrayList<>();
      int syllables = 1 + random.nextInt(4);
      for (int syllable = 0; syllable < syllables; syllable++) {
        word.add(SYLLABLES.get(random.nextInt(SYLLABLES.size())));
      }
      words.add(word);
    }
    return words;
  }

  private static String word(List<List<String>> vocabulary, Random random) {
    return String.join("", vocabulary.get(random.nextInt(vocabulary.size())));
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static List<String> capitalised(List<String> word) {
    List<String> other = new ArrayList<>(word);
    other.set(0, capital(word.getFirst()));
    return other;
  }

  private static List<String> with(List<String> word, String end) {
    List<String> other = new ArrayList<>(word);
    other.set(word.size() - 1, word.getLast() + end);
    return other;
  }

  @Test
  void theMeasureSeesWhatIsWrong() {
    assertThat(WordOrder.f1("one two three four", "one two four three")).isLessThan(0.9);
  }
}
