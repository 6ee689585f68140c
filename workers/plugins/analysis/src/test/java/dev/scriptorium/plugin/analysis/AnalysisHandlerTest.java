package dev.scriptorium.plugin.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.plugin.analysis.members.Member;
import dev.scriptorium.plugin.analysis.members.Mode;
import dev.scriptorium.plugin.analysis.passages.PassageDetector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnalysisHandlerTest {
  private static final AnalysisHandler HANDLER = new AnalysisHandler();

  @BeforeAll
  static void warm() throws IOException {
    HANDLER.warm();
  }

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(JobHandler.class))
        .hasAtLeastOneElementOfType(AnalysisHandler.class);
  }

  @Test
  void findsTheDescriptionAndNotTheTalk() throws IOException {
    RecordingSink found =
        TestJob.analyze("en", Harbour.DESCRIPTION + "\n\n" + Harbour.TALK).run(HANDLER);

    assertThat(found.passages).hasSize(1);
    assertThat(found.passages.getFirst().text()).isEqualTo(Harbour.DESCRIPTION);
    assertThat(found.passages.getFirst().priority()).isBetween(30, 100);
    assertThat(found.passages.getFirst().reasons())
        .isNotEmpty()
        .allMatch(r -> r.matches("[A-Z_]+"));
    assertThat(found.degraded).isFalse();
  }

  @Test
  void everyTextIsExactlyItsRangeHoweverManyAstralCharactersStandBefore() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      String text = Harbour.chapter(random);

      RecordingSink found = TestJob.analyze("en", text).run(HANDLER);

      assertThat(found.passages).isNotEmpty();
      assertThat(found.mentions).isNotEmpty();
      for (Passage passage : found.passages) {
        assertThat(passage.text()).isEqualTo(slice(text, passage.range()));
      }
      for (Mention mention : found.mentions) {
        assertThat(mention.text()).isEqualTo(slice(text, mention.range()));
      }
    }
  }

  @Test
  void passagesStayBelowTheLimitWhateverTheParagraph() throws IOException {
    String endless = "the grey sea and the black rock and the white foam ".repeat(3000);

    RecordingSink found =
        TestJob.analyze("en", "In the dark house " + endless + ".\n\n" + "x".repeat(100_000))
            .run(HANDLER);

    assertThat(found.passages).isNotEmpty();
    assertThat(found.passages).allMatch(p -> p.text().codePointCount(0, p.text().length()) <= 4000);
  }

  @Test
  void anEmptyChapterGivesNothing() throws IOException {
    RecordingSink found = TestJob.analyze("en", "", " \n\n \n\n", "* * *").run(HANDLER);

    assertThat(found.passages).isEmpty();
    assertThat(found.mentions).isEmpty();
  }

  @Test
  void twoRunsAndTwoThreadsGiveTheSame() throws Exception {
    String[] chapters = {Harbour.chapter(new Random(1)), Harbour.chapter(new Random(2))};
    RecordingSink first = TestJob.analyze("en", chapters).run(HANDLER);
    List<Future<RecordingSink>> others = new ArrayList<>();

    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 4; i++) {
        others.add(threads.submit(() -> TestJob.analyze("en", chapters).run(HANDLER)));
      }
      for (Future<RecordingSink> other : others) {
        RecordingSink again = other.get(60, TimeUnit.SECONDS);
        assertThat(again.passages).isEqualTo(first.passages);
        assertThat(again.mentions).isEqualTo(first.mentions);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void everyModeGivesTheSameOnEveryThread(Mode mode) throws Exception {
    String chapter = Harbour.chapter(new Random(10));
    RecordingSink first = TestJob.analyze("en", chapter).with("mode=" + mode).run(HANDLER);

    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<RecordingSink> again =
          threads.submit(() -> TestJob.analyze("en", chapter).with("mode=" + mode).run(HANDLER));
      Future<RecordingSink> other =
          threads.submit(() -> TestJob.analyze("en", chapter).with("mode=" + mode).run(HANDLER));
      assertThat(again.get(60, TimeUnit.SECONDS).passages).isEqualTo(first.passages).isNotEmpty();
      assertThat(other.get(60, TimeUnit.SECONDS).passages).isEqualTo(first.passages);
    }
    assertThat(first.degraded).isFalse();
  }

  @Test
  void aMemberThatFailsDropsOutAndTheResultSaysSo() throws IOException {
    AnalysisHandler handler =
        new AnalysisHandler(
            PassageDetector.load()
                .with(
                    Member.LEXICON,
                    _ -> {
                      throw new IllegalStateException("broken");
                    }));
    handler.warm();

    RecordingSink found =
        TestJob.analyze("en", Harbour.DESCRIPTION + "\n\n" + Harbour.TALK).run(handler);

    assertThat(found.degraded).isTrue();
    assertThat(found.passages).extracting(Passage::text).containsExactly(Harbour.DESCRIPTION);
  }

  @Test
  void aNameGoesOverTheEndOfALineWhereBreaksAreSpaces() throws IOException {
    String text =
        "It was late when Sir Walter\nElliot came. “Go home,” said Sir Walter Elliot.\n\nHe went.";

    RecordingSink lines = TestJob.analyze("en", text).run(HANDLER);
    RecordingSink joined = TestJob.analyze("en", text).with("breaks=spaces").run(HANDLER);

    assertThat(lines.mentions).extracting(Mention::text).doesNotContain("Sir Walter\nElliot");
    assertThat(joined.mentions).extracting(Mention::text).contains("Sir Walter\nElliot");
    assertThat(TestJob.summarize("en", joined, text).run(HANDLER).entities)
        .extracting(Entity::displayName)
        .contains("Sir Walter Elliot");
  }

  @Test
  void slicingABookChangesNothing() throws IOException {
    String one = Harbour.chapter(new Random(3));
    String two = Harbour.chapter(new Random(4));

    RecordingSink together = TestJob.analyze("en", one, two).run(HANDLER);
    RecordingSink alone = TestJob.analyze("en", one).run(HANDLER);

    assertThat(together.passages).startsWith(alone.passages.toArray(Passage[]::new));
    assertThat(together.mentions).startsWith(alone.mentions.toArray(Mention[]::new));
  }

  @Test
  void anotherLanguageIsAnalysedWithoutTheModelsAndSaysSo() throws IOException {
    RecordingSink found = TestJob.analyze("fr-CA", Harbour.FRENCH).run(HANDLER);

    assertThat(found.degraded).isTrue();
    assertThat(found.passages).hasSize(1);
    assertThat(found.passages.getFirst().reasons()).contains("LANGUAGE_WITHOUT_MODELS");
    assertThat(found.mentions).extracting(Mention::text).contains("Madame Corbeau", "Saint-Malo");
  }

  @Test
  void aSummaryNamesWhatItsMentionsSay() throws IOException {
    String[] chapters = {Harbour.chapter(new Random(8)), Harbour.chapter(new Random(9))};
    RecordingSink found = TestJob.analyze("en", chapters).run(HANDLER);

    RecordingSink summary = TestJob.summarize("en", found, chapters).run(HANDLER);

    assertThat(summary.entities).extracting(Entity::displayName).contains("Margaret Hale");
    assertThat(summary.passages).hasSameSizeAs(found.passages);
    assertThat(summary.degraded).isFalse();
    for (Entity entity : summary.entities) {
      List<String> names = new ArrayList<>(entity.aliases());
      names.add(entity.displayName());
      assertThat(entity.mentions())
          .isNotEmpty()
          .allMatch(range -> names.contains(slice(chapters[range.chapter() - 1], range)));
    }
  }

  @Test
  void namesOfAnEntityAreThoseThatStandThere() throws IOException {
    String[] chapters = {Harbour.chapter(new Random(8)), Harbour.chapter(new Random(9))};
    RecordingSink found = TestJob.analyze("en", chapters).run(HANDLER);

    for (Entity entity : TestJob.summarize("en", found, chapters).run(HANDLER).entities) {
      List<String> names = new ArrayList<>(List.of(entity.displayName()));
      names.addAll(entity.aliases());
      for (int i = 0; i < entity.mentions().size(); i++) {
        TextRange range = entity.mentions().get(i);
        assertThat(slice(chapters[range.chapter() - 1], range))
            .isEqualTo(names.get(entity.names().get(i)));
      }
    }
  }

  @Test
  void figuresDependOnTheTextAlone() throws IOException {
    String one = Harbour.chapter(new Random(3));
    String two = Harbour.chapter(new Random(4));
    RecordingSink together = TestJob.analyze("en", one, two).run(HANDLER);
    RecordingSink alone = TestJob.analyze("en", one).run(HANDLER);

    RecordingSink summary = TestJob.summarize("en", together, one, two).run(HANDLER);

    assertThat(together.chapterFacts.get(1)).isEqualTo(alone.chapterFacts.get(1));
    assertThat(summary.chapterFacts).containsOnlyKeys(1, 2);
    assertThat(summary.bookFacts).hasSize(1);
    assertThat(summary.bookFacts.getFirst().language()).isEqualTo("en");
    assertThat(summary.bookFacts.getFirst().counts().words())
        .isEqualTo(
            together.chapterFacts.values().stream().mapToLong(f -> f.counts().words()).sum());
    assertThat(summary.bookFacts.getFirst().keywords())
        .extracting(keyword -> keyword.word())
        .contains("harbour")
        .doesNotContain("hale", "margaret");
  }

  @Test
  void aFrenchBookHasFrenchFigures() throws IOException {
    RecordingSink found = TestJob.analyze("", Harbour.FRENCH).run(HANDLER);

    RecordingSink summary = TestJob.summarize("", found, Harbour.FRENCH).run(HANDLER);

    assertThat(summary.bookFacts.getFirst().language()).isEqualTo("fr");
    assertThat(summary.bookFacts.getFirst().readability())
        .extracting(one -> one.formula())
        .contains("KANDEL_MOLES");
  }

  @Test
  void aSummaryOfAnotherLanguageSaysSo() throws IOException {
    RecordingSink found = TestJob.analyze("fr", Harbour.FRENCH).run(HANDLER);

    assertThat(TestJob.summarize("fr", found, Harbour.FRENCH).run(HANDLER).degraded).isTrue();
  }

  @Test
  void aStopEndsTheWorkAndSaysSo() throws IOException {
    String chapter = Harbour.chapter(new Random(5));
    RecordingSink whole = TestJob.analyze("en", chapter, chapter).run(HANDLER);

    RecordingSink part = TestJob.analyze("en", chapter, chapter).stopAfter(3).run(HANDLER);

    assertThat(part.degraded).isTrue();
    assertThat(part.passages).hasSizeLessThan(whole.passages.size());
  }

  @Test
  void progressRisesToOne() throws IOException {
    TestJob job = TestJob.analyze("en", Harbour.chapter(new Random(6)), Harbour.TALK);

    job.run(HANDLER);

    assertThat(job.progress).isSorted().hasSizeGreaterThan(3).last().isEqualTo(1.0);
  }

  private static String slice(String text, TextRange range) {
    return text.substring(
        text.offsetByCodePoints(0, range.start()), text.offsetByCodePoints(0, range.end()));
  }
}
