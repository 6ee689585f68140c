package dev.scriptorium.worker.trial;

import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.Keyword;
import dev.scriptorium.worker.v1.AnalysisRunResult;
import dev.scriptorium.worker.v1.BookMetadata;
import dev.scriptorium.worker.v1.FactsResult;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** Prints a result for people: a line an item, without the chapters' text. */
final class TextReport {
  private final PrintWriter out;

  TextReport(PrintWriter out) {
    this.out = out;
  }

  /** Prints what a job made of a file. */
  void print(TrialResult result) throws IOException {
    for (ResultItem item : result.items()) {
      String line = line(item);
      if (!line.isEmpty()) {
        out.println(line);
      }
    }
    out.flush();
  }

  private static String line(ResultItem item) {
    return switch (item.getItemCase()) {
      case METADATA -> metadata(item.getMetadata());
      case CHAPTER ->
          "chapter  %3d  %-40s  %6d words  %s"
              .formatted(
                  item.getChapter().getOrdinal(),
                  item.getChapter().getTitle(),
                  item.getChapter().getWordCount(),
                  item.getChapter().getSource());
      case CONTENTS ->
          "contents %s%s -> chapter %d"
              .formatted(
                  "  ".repeat(item.getContents().getDepth()),
                  item.getContents().getTitle(),
                  item.getContents().getChapter());
      case IMAGE ->
          "image    %s  %s  %d x %d  %d bytes"
              .formatted(
                  item.getImage().getResource(),
                  item.getImage().getMediaType(),
                  item.getImage().getWidth(),
                  item.getImage().getHeight(),
                  item.getImage().getContent().getLength());
      case WARNING ->
          "warning  %s  %s  %s"
              .formatted(
                  item.getWarning().getReason(),
                  item.getWarning().getPlace(),
                  item.getWarning().getMessage());
      case PASSAGE ->
          "passage  %3d  %-10s  chapter %d, %d to %d: %s"
              .formatted(
                  item.getPassage().getPriority(),
                  item.getPassage().getType().name().replace("PASSAGE_TYPE_", ""),
                  item.getPassage().getChapter(),
                  item.getPassage().getStart(),
                  item.getPassage().getEnd(),
                  item.getPassage().getText().replace('\n', ' '));
      case ENTITY ->
          "entity   %-9s  %s %s  %d mentions"
              .formatted(
                  item.getEntity().getType().name().replace("ENTITY_TYPE_", ""),
                  item.getEntity().getDisplayName(),
                  item.getEntity().getAliasesList(),
                  item.getEntity().getMentionsCount());
      case NOTE ->
          "note     %s  chapter %d at %d"
              .formatted(
                  item.getNote().getLabel(),
                  item.getNote().getChapter(),
                  item.getNote().getReferenceOffset());
      case SUMMARY ->
          "total    %d words, %d code points%s"
              .formatted(
                  item.getSummary().getWordCount(),
                  item.getSummary().getCodePoints(),
                  item.getSummary().getDegraded() ? ", degraded" : "");
      case BOOK_FACTS -> facts(item.getBookFacts());
      case ANALYSIS_RUN -> run(item.getAnalysisRun());
      // Too many to be read.
      case MENTION, POSITION, FURNITURE, QUOTATION, CHAPTER_FACTS, ITEM_NOT_SET -> "";
    };
  }

  private static String run(AnalysisRunResult run) {
    String members =
        run.getMembersList().stream()
            .map(
                member ->
                    "%s x%s %.1f ms%s"
                        .formatted(
                            member.getMember(),
                            member.getWeight(),
                            member.getNanos() / 1e6,
                            member.getFailed() ? " failed" : ""))
            .collect(Collectors.joining(", "));
    return "analysis %s, %s, weights %s, %d paragraphs; %s %s"
        .formatted(
            run.getPlugin(),
            run.getMode(),
            run.getWeights(),
            run.getParagraphs(),
            members,
            run.getFallbacksList());
  }

  private static String facts(FactsResult facts) {
    String readability =
        facts.getReadabilityList().stream()
            .map(one -> "%s %.1f".formatted(one.getFormula(), one.getValue()))
            .collect(Collectors.joining(", "));
    String keywords =
        facts.getKeywordsList().stream().map(Keyword::getWord).collect(Collectors.joining(", "));
    return "facts    %s, %d words, %d sentences, %d min; %s; %s"
        .formatted(
            facts.getLanguage(),
            facts.getWords(),
            facts.getSentences(),
            Math.round(facts.getReadingSeconds() / 60.0),
            readability,
            keywords);
  }

  private static String metadata(BookMetadata book) {
    String authors =
        book.getContributorsList().stream()
            .map(Contributor::getName)
            .collect(Collectors.joining(", "));
    return "book     %s, by %s, %s, %s"
        .formatted(book.getTitle(), authors, book.getLanguagesList(), book.getFormat());
  }
}
