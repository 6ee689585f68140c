package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.AnalysisRun;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.plugin.analysis.text.CodePoints;
import dev.scriptorium.plugin.analysis.text.Paragraph;
import dev.scriptorium.plugin.analysis.text.Sentence;
import dev.scriptorium.plugin.analysis.text.Token;
import java.util.List;
import java.util.Optional;

/** Makes passages of the paragraphs of one slice that are worth it. For one thread. */
public final class PassageSearch {
  private final ParagraphJudge judge;
  private final Excerpt excerpt;

  PassageSearch(ParagraphJudge judge, Excerpt excerpt) {
    this.judge = judge;
    this.excerpt = excerpt;
  }

  /** True when the search did not go as well as it could. */
  public boolean degraded() {
    return judge.degraded();
  }

  /** What was done so far, and how. */
  public AnalysisRun run() {
    return judge.run();
  }

  /**
   * The passage of a paragraph, if it has one.
   *
   * @param chapter ordinal
   * @param text of the chapter
   * @param codePoints of the same text
   */
  public Optional<Passage> find(
      int chapter, String text, CodePoints codePoints, Paragraph paragraph) {
    if (paragraph.sentences().isEmpty()) {
      return Optional.empty();
    }
    return judge
        .judge(paragraph)
        .flatMap(judgement -> passage(chapter, text, codePoints, paragraph, judgement));
  }

  private Optional<Passage> passage(
      int chapter, String text, CodePoints codePoints, Paragraph paragraph, Judgement judgement) {
    List<Sentence> run = excerpt.of(paragraph.sentences());
    int start = run.getFirst().start();
    int end = end(run, start);
    if (end == start) {
      return Optional.empty();
    }
    return Optional.of(
        new Passage(
            judgement.types(),
            new TextRange(chapter, codePoints.offset(start), codePoints.offset(end)),
            text.substring(start, end),
            judgement.priority(),
            judgement.confidence(),
            judgement.reasons()));
  }

  /** Where the passage ends: a single sentence longer than a passage may be ends at a token. */
  private static int end(List<Sentence> run, int start) {
    int end = run.getLast().end();
    if (end - start <= Excerpt.LONGEST) {
      return end;
    }
    return run.getFirst().tokens().stream()
        .mapToInt(Token::end)
        .filter(tokenEnd -> tokenEnd - start <= Excerpt.LONGEST)
        .max()
        .orElse(start);
  }
}
