package dev.scriptorium.worker.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.plugin.AnalysisRun;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.plugin.TextCounts;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.worker.pack.PackReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsEncodingTest {
  private static final Facts FACTS =
      new Facts(
          "en",
          new TextCounts(10, 2, 40, 14, 3, 1),
          3,
          OptionalDouble.of(35),
          List.of(new Facts.Readability("LIX", 35)),
          List.of(new Facts.Keyword("owl", 2)));
  private static final Facts UNMEASURED =
      new Facts("zh", TextCounts.NONE, 0, OptionalDouble.empty(), List.of(), List.of());
  private static final AnalysisRun RUN =
      new AnalysisRun(
          "third",
          "BEST",
          "v7",
          12,
          List.of(new AnalysisRun.MemberRun("EYE", 1.5, 11, Duration.ofNanos(2_500), true)),
          List.of("MEMBER_FAILED", "TIRED"));

  @TempDir private Path folder;

  @Test
  void figuresAndQuotationsComeBackAsTheyWere() {
    Quotation quotation = new Quotation(new TextRange(2, 5, 8), "yes", new TextRange(2, 10, 14), 7);

    assertThat(FactsEncoding.facts(FactsEncoding.facts(FACTS))).isEqualTo(FACTS);
    assertThat(FactsEncoding.facts(FactsEncoding.facts(UNMEASURED))).isEqualTo(UNMEASURED);
    assertThat(FactsEncoding.quotation(FactsEncoding.quotation(quotation))).isEqualTo(quotation);
    assertThat(RunEncoding.run(RunEncoding.run(RUN))).isEqualTo(RUN);
  }

  @Test
  void whatASliceFoundIsReadForTheSummary() throws IOException {
    Quotation quotation = new Quotation(new TextRange(1, 0, 3), "Yes", new TextRange(1, 4, 5), 0);
    try (ResultWriter writer = writer()) {
      writer.quotation(quotation);
      writer.chapterFacts(1, FACTS);
      writer.bookFacts(UNMEASURED);
      writer.analysisRun(RUN);
      var _ = writer.finish();
    }

    try (PackReader pack = new PackReader(folder.resolve(ResultWriter.PACK))) {
      ResultFindings findings =
          new ResultFindings(
              PackText.slice(pack, 1, 1), List.of(folder.resolve(ResultWriter.RESULT)));
      assertThat(findings.quotations()).containsExactly(quotation);
      assertThat(findings.chapterFacts()).containsOnlyKeys(1).containsValue(FACTS);
      assertThat(findings.runs()).containsExactly(RUN);
    }
  }

  @Test
  void whatBreaksARuleIsRefused() throws IOException {
    try (ResultWriter writer = writer()) {
      writer.chapterFacts(1, FACTS);
      writer.bookFacts(FACTS);
      refuses(() -> writer.chapterFacts(1, FACTS));
      refuses(() -> writer.chapterFacts(2, FACTS));
      refuses(() -> writer.bookFacts(FACTS));
      refuses(() -> writer.analysisRun(new AnalysisRun("", "", "", 0, List.of(), List.of())));
      writer.analysisRun(RUN);
      refuses(() -> writer.analysisRun(RUN));
      TextRange name = new TextRange(1, 4, 5);
      refuses(() -> writer.quotation(new Quotation(new TextRange(1, 0, 3), "Ye", name, 0)));
      refuses(() -> writer.quotation(new Quotation(new TextRange(1, 0, 3), "Yes", name, 1)));
      refuses(
          () ->
              writer.quotation(
                  new Quotation(new TextRange(1, 0, 3), "Yes", new TextRange(2, 0, 1), 0)));
    }
  }

  @Test
  void anEntityKnowsWhichOfItsNamesStandsWhere() {
    List<TextRange> ranges = List.of(new TextRange(1, 0, 1), new TextRange(1, 2, 3));
    Entity entity =
        new Entity(
            1, Entity.Type.PLACE, "Rome", List.of("Roma"), ranges, List.of(1, Entity.SHARED));

    assertThat(ResultEncoding.entity(entity).getMentionsList())
        .extracting(mention -> mention.getName())
        .containsExactly(1, -1);
    refuses(() -> new Entity(1, Entity.Type.PLACE, "Rome", List.of(), ranges, List.of(0, 1)));
    refuses(() -> new Entity(1, Entity.Type.PLACE, "Rome", List.of(), ranges, List.of(0)));
  }

  private ResultWriter writer() throws IOException {
    ResultWriter writer = new ResultWriter(folder, new ChapterSizes());
    writer.chapter(new Chapter(1, "", "line", "Yes, he said", "<p>Yes</p>", 0, "", true, 0, 0));
    return writer;
  }

  private static void refuses(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }
}
