package dev.scriptorium.plugin.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scriptorium.plugin.AnalysisRun;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.plugin.analysis.local.Findings;
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
    Findings found =
        TestJob.analyze("en", Harbour.DESCRIPTION + "\n\n" + Harbour.TALK).run(HANDLER);

    assertThat(found.passages()).hasSize(1);
    assertThat(found.passages().getFirst().text()).isEqualTo(Harbour.DESCRIPTION);
    assertThat(found.passages().getFirst().priority()).isBetween(30, 100);
    assertThat(found.passages().getFirst().reasons())
        .isNotEmpty()
        .allMatch(r -> r.matches("[A-Z_]+"));
    assertThat(found.isDegraded()).isFalse();
  }

  @Test
  void everyTextIsExactlyItsRangeHoweverManyAstralCharactersStandBefore() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      String text = Harbour.chapter(random);

      Findings found = TestJob.analyze("en", text).run(HANDLER);

      assertThat(found.passages()).isNotEmpty();
      assertThat(found.mentions()).isNotEmpty();
      for (Passage passage : found.passages()) {
        assertThat(passage.text()).isEqualTo(slice(text, passage.range()));
      }
      for (Mention mention : found.mentions()) {
        assertThat(mention.text()).isEqualTo(slice(text, mention.range()));
      }
    }
  }

  @Test
  void passagesStayBelowTheLimitWhateverTheParagraph() throws IOException {
    String endless = "the grey sea and the black rock and the white foam ".repeat(3000);

    Findings found =
        TestJob.analyze("en", "In the dark house " + endless + ".\n\n" + "x".repeat(100_000))
            .run(HANDLER);

    assertThat(found.passages()).isNotEmpty();
    assertThat(found.passages())
        .allMatch(p -> p.text().codePointCount(0, p.text().length()) <= 4000);
  }

  @Test
  void anEmptyChapterGivesNothing() throws IOException {
    Findings found = TestJob.analyze("en", "", " \n\n \n\n", "* * *").run(HANDLER);

    assertThat(found.passages()).isEmpty();
    assertThat(found.mentions()).isEmpty();
  }

  @Test
  void twoRunsAndTwoThreadsGiveTheSame() throws Exception {
    String[] chapters = {Harbour.chapter(new Random(1)), Harbour.chapter(new Random(2))};
    Findings first = TestJob.analyze("en", chapters).run(HANDLER);
    List<Future<Findings>> others = new ArrayList<>();

    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 4; i++) {
        others.add(threads.submit(() -> TestJob.analyze("en", chapters).run(HANDLER)));
      }
      for (Future<Findings> other : others) {
        Findings again = other.get(60, TimeUnit.SECONDS);
        assertThat(again.passages()).isEqualTo(first.passages());
        assertThat(again.mentions()).isEqualTo(first.mentions());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void everyModeGivesTheSameOnEveryThread(Mode mode) throws Exception {
    String chapter = Harbour.chapter(new Random(10));
    Findings first = TestJob.analyze("en", chapter).with("mode=" + mode).run(HANDLER);

    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Findings> again =
          threads.submit(() -> TestJob.analyze("en", chapter).with("mode=" + mode).run(HANDLER));
      Future<Findings> other =
          threads.submit(() -> TestJob.analyze("en", chapter).with("mode=" + mode).run(HANDLER));
      assertThat(again.get(60, TimeUnit.SECONDS).passages())
          .isEqualTo(first.passages())
          .isNotEmpty();
      assertThat(other.get(60, TimeUnit.SECONDS).passages()).isEqualTo(first.passages());
    }
    assertThat(first.isDegraded()).isFalse();
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

    Findings found =
        TestJob.analyze("en", Harbour.DESCRIPTION + "\n\n" + Harbour.TALK).run(handler);

    assertThat(found.isDegraded()).isTrue();
    assertThat(found.passages()).extracting(Passage::text).containsExactly(Harbour.DESCRIPTION);
    assertThat(found.runs().getFirst().fallbacks()).containsExactly("MEMBER_FAILED");
  }

  @Test
  void aSummarySaysHowAllSlicesWereAnalyzed() throws IOException {
    String[] chapters = {Harbour.chapter(new Random(8)), Harbour.chapter(new Random(9))};
    Findings found =
        TestJob.analyze("en", chapters).with("mode=parallel members=shape:2,learned").run(HANDLER);

    Findings summary = TestJob.summarize("en", found, chapters).run(HANDLER);

    AnalysisRun run = summary.runs().getFirst();
    assertThat(run.plugin()).isEqualTo("scriptorium");
    assertThat(run.mode()).isEqualTo("PARALLEL");
    assertThat(run.weights()).matches("[0-9a-f]{12}");
    assertThat(run.paragraphs()).isGreaterThan(10);
    assertThat(run.members())
        .extracting(AnalysisRun.MemberRun::name, AnalysisRun.MemberRun::weight)
        .containsExactly(tuple("SHAPE", 2.0), tuple("LEARNED", 1.0));
    assertThat(run.members()).allMatch(member -> member.judged() == run.paragraphs());
    assertThat(run.members()).allMatch(member -> !member.time().isZero() && !member.failed());
    assertThat(run.fallbacks()).isEmpty();
    assertThat(AnalysisRun.whole(List.of(run, run)).paragraphs()).isEqualTo(2 * run.paragraphs());
  }

  @Test
  void anAdaptiveAnalysisWithoutTimeGoesOnInACheaperModeAndSaysSo() throws IOException {
    String chapter = Harbour.chapter(new Random(10));
    Findings sequential = TestJob.analyze("en", chapter).with("mode=sequential").run(HANDLER);

    Findings found =
        TestJob.analyze("en", chapter).with("mode=adaptive").shortOfTimeAfter(1).run(HANDLER);

    assertThat(found.runs().getFirst().mode()).isEqualTo("ADAPTIVE");
    assertThat(found.runs().getFirst().fallbacks()).containsExactly("TIME");
    assertThat(found.passages()).isEqualTo(sequential.passages()).isNotEmpty();
  }

  @Test
  void anAdaptiveAnalysisWithoutMemoryGoesOnInACheaperModeAndSaysSo() throws IOException {
    String chapter = Harbour.chapter(new Random(10));
    AnalysisHandler full = new AnalysisHandler(null, () -> 0.95);
    full.warm();

    Findings found = TestJob.analyze("en", chapter).with("mode=adaptive").run(full);
    Findings others = TestJob.analyze("en", chapter).with("mode=adaptive").run(HANDLER);

    assertThat(found.runs().getFirst().fallbacks()).containsExactly("MEMORY");
    assertThat(others.runs().getFirst().fallbacks()).isEmpty();
    assertThat(JobBudget.heapInUse()).isBetween(0.0, 1.0);
  }

  @Test
  void aNameGoesOverTheEndOfALineWhereBreaksAreSpaces() throws IOException {
    String text =
        "It was late when Sir Walter\nElliot came. “Go home,” said Sir Walter Elliot.\n\nHe went.";

    Findings lines = TestJob.analyze("en", text).run(HANDLER);
    Findings joined = TestJob.analyze("en", text).with("breaks=spaces").run(HANDLER);

    assertThat(lines.mentions()).extracting(Mention::text).doesNotContain("Sir Walter\nElliot");
    assertThat(joined.mentions()).extracting(Mention::text).contains("Sir Walter\nElliot");
    assertThat(TestJob.summarize("en", joined, text).run(HANDLER).entities())
        .extracting(Entity::displayName)
        .contains("Sir Walter Elliot");
  }

  @Test
  void slicingABookChangesNothing() throws IOException {
    String one = Harbour.chapter(new Random(3));
    String two = Harbour.chapter(new Random(4));

    Findings together = TestJob.analyze("en", one, two).run(HANDLER);
    Findings alone = TestJob.analyze("en", one).run(HANDLER);

    assertThat(together.passages()).startsWith(alone.passages().toArray(Passage[]::new));
    assertThat(together.mentions()).startsWith(alone.mentions().toArray(Mention[]::new));
  }

  @Test
  void anotherLanguageIsAnalysedWithoutTheModelsAndSaysSo() throws IOException {
    Findings found = TestJob.analyze("fr-CA", Harbour.FRENCH).run(HANDLER);

    assertThat(found.isDegraded()).isTrue();
    assertThat(found.passages()).hasSize(1);
    assertThat(found.passages().getFirst().reasons()).contains("LANGUAGE_WITHOUT_MODELS");
    assertThat(found.runs().getFirst().fallbacks()).containsExactly("LANGUAGE");
    assertThat(found.mentions()).extracting(Mention::text).contains("Madame Corbeau", "Saint-Malo");
  }

  @Test
  void aSummaryNamesWhatItsMentionsSay() throws IOException {
    String[] chapters = {Harbour.chapter(new Random(8)), Harbour.chapter(new Random(9))};
    Findings found = TestJob.analyze("en", chapters).run(HANDLER);

    Findings summary = TestJob.summarize("en", found, chapters).run(HANDLER);

    assertThat(summary.entities()).extracting(Entity::displayName).contains("Margaret Hale");
    assertThat(summary.passages()).hasSameSizeAs(found.passages());
    assertThat(summary.isDegraded()).isFalse();
    for (Entity entity : summary.entities()) {
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
    Findings found = TestJob.analyze("en", chapters).run(HANDLER);

    for (Entity entity : TestJob.summarize("en", found, chapters).run(HANDLER).entities()) {
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
    Findings together = TestJob.analyze("en", one, two).run(HANDLER);
    Findings alone = TestJob.analyze("en", one).run(HANDLER);

    Findings summary = TestJob.summarize("en", together, one, two).run(HANDLER);

    assertThat(together.chapterFacts().get(1)).isEqualTo(alone.chapterFacts().get(1));
    assertThat(summary.chapterFacts()).containsOnlyKeys(1, 2);
    assertThat(summary.bookFacts()).hasSize(1);
    assertThat(summary.bookFacts().getFirst().language()).isEqualTo("en");
    assertThat(summary.bookFacts().getFirst().counts().words())
        .isEqualTo(
            together.chapterFacts().values().stream().mapToLong(f -> f.counts().words()).sum());
    assertThat(summary.bookFacts().getFirst().keywords())
        .extracting(keyword -> keyword.word())
        .contains("harbour")
        .doesNotContain("hale", "margaret");
  }

  @Test
  void aFrenchBookHasFrenchFigures() throws IOException {
    Findings found = TestJob.analyze("", Harbour.FRENCH).run(HANDLER);

    Findings summary = TestJob.summarize("", found, Harbour.FRENCH).run(HANDLER);

    assertThat(summary.bookFacts().getFirst().language()).isEqualTo("fr");
    assertThat(summary.bookFacts().getFirst().readability())
        .extracting(one -> one.formula())
        .contains("KANDEL_MOLES");
  }

  @Test
  void aSummaryOfAnotherLanguageSaysSo() throws IOException {
    Findings found = TestJob.analyze("fr", Harbour.FRENCH).run(HANDLER);

    assertThat(TestJob.summarize("fr", found, Harbour.FRENCH).run(HANDLER).isDegraded()).isTrue();
  }

  @Test
  void aStopEndsTheWorkAndSaysSo() throws IOException {
    String chapter = Harbour.chapter(new Random(5));
    Findings whole = TestJob.analyze("en", chapter, chapter).run(HANDLER);

    Findings part = TestJob.analyze("en", chapter, chapter).stopAfter(3).run(HANDLER);

    assertThat(part.isDegraded()).isTrue();
    assertThat(part.passages()).hasSizeLessThan(whole.passages().size());
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
