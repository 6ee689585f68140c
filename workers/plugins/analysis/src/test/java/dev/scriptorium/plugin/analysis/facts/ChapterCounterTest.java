package dev.scriptorium.plugin.analysis.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.TextCounts;
import dev.scriptorium.plugin.analysis.text.ChapterReader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChapterCounterTest {
  private static final FunctionWords FUNCTION_WORDS = new FunctionWords();

  @Test
  void wordsAreCountedAsReadersCountThem() {
    TextCounts counts =
        facts("en", "“Don't!” cried the well-known — man, 42 years old.\n\nHe left…").counts();

    assertThat(counts)
        .extracting(TextCounts::words, TextCounts::longWords, TextCounts::letters)
        .containsExactly(10L, 1L, 4L + 5 + 3 + 9 + 3 + 2 + 5 + 3 + 2 + 4);
    assertThat(counts.sentences()).isBetween(2L, 3L);
  }

  @Test
  void inScriptsThatDoNotSeparateWordsEachCharacterIsOne() {
    Facts facts = facts("", "他是一个年轻人。他住在海边的小屋里。".repeat(4));

    assertThat(facts.language()).isEqualTo("zh");
    assertThat(facts.counts().words()).isEqualTo(64);
    assertThat(facts.readingSeconds()).isEqualTo(15);
    assertThat(facts.difficulty()).isEmpty();
    assertThat(facts.readability()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | The house stood on the hill, and from its windows one could see the sea and the ships"
            + " that came in.",
        "de | Das Haus stand auf dem Hügel, und aus den Fenstern konnte man das Meer und die"
            + " Schiffe sehen.",
        "fr | La maison se trouvait sur la colline, et de ses fenêtres on voyait la mer et les"
            + " bateaux.",
        "es | La casa estaba en la colina, y desde sus ventanas se veía el mar y los barcos que"
            + " venían.",
        "it | La casa era sulla collina, e dalle sue finestre si vedeva il mare e le navi che"
            + " venivano.",
        "pt | A casa estava na colina, e das suas janelas não se via o mar nem os navios que vinham"
            + " para o porto.",
        "nl | Het huis stond op de heuvel, en uit de ramen kon men de zee zien en het schip dat er"
            + " lag.",
        "sv | Huset stod på kullen, och från fönstret kunde man se havet och det skepp som låg"
            + " där.",
        "fi | Talo oli mäellä, ja ikkunasta hän näki meren, mutta se ei ollut niin kuin hän oli"
            + " luullut.",
        "pl | Dom stał na wzgórzu i z jego okna było widać morze, ale nie było tam już żadnego"
            + " statku.",
        "ru | Дом стоял на холме, и из его окон было видно море, но он не знал, что там уже никого"
            + " нет.",
        "el | Το σπίτι ήταν στον λόφο, και από τα παράθυρα φαινόταν η θάλασσα και τα πλοία.",
        "ja | 家は丘の上にあり、その窓からは海と船が見えた。彼はそこに住んでいた。"
      })
  void aLanguageIsKnownByItsSmallWords(String language, String text) {
    assertThat(facts("", (text + " ").repeat(4)).language()).isEqualTo(language);
    assertThat(facts("xx", (text + " ").repeat(4)).language()).isIn(language, "xx");
  }

  @Test
  void whatTheBookStatesIsBelievedWhereTheTextSaysNothing() {
    assertThat(facts("tr", "1234 5678 ".repeat(50)).language()).isEqualTo("tr");
    assertThat(facts("cy", "Brân Gwydion Lleu ".repeat(50)).language()).isEqualTo("cy");
  }

  @Test
  void keywordsTellChaptersApartAndAreNoNames() {
    TreeMap<Integer, Facts> chapters = new TreeMap<>();
    chapters.put(1, facts("xx", "garden wall garden wall garden Anna rose rose"));
    chapters.put(2, facts("xx", "garden wall engine engine engine Anna steam steam"));

    BookFigures figures = new BookFigures(chapters, Set.of("anna"));

    assertThat(figures.book().keywords())
        .extracting(Facts.Keyword::word)
        .startsWith("engine", "garden")
        .doesNotContain("anna");
    assertThat(figures.chapters().lastEntry().getValue().keywords())
        .extracting(Facts.Keyword::word)
        .containsExactly("engine", "steam");
    assertThat(figures.book().counts().words()).isEqualTo(16);
  }

  @Test
  void aTextOfEndlesslyManyDifferentWordsIsCountedAllTheSame() {
    String text =
        IntStream.range(0, 60_000).mapToObj(i -> "wo" + i).collect(Collectors.joining(" "));

    TextCounts counts = facts("xx", text).counts();

    assertThat(counts.words()).isEqualTo(60_000);
    assertThat(counts.syllables()).isEqualTo(60_000);
  }

  private static Facts facts(String language, String text) {
    ChapterCounter counter = new ChapterCounter(language, FUNCTION_WORDS);
    ChapterReader.plain(language)
        .read(
            text,
            paragraph -> {
              counter.add(text, paragraph);
              return true;
            });
    return counter.facts(Set.of());
  }
}
