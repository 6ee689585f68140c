package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.AnalysisRun;
import dev.scriptorium.v1.BookFacts;
import dev.scriptorium.v1.ChapterFacts;
import dev.scriptorium.v1.GetBookFactsRequest;
import dev.scriptorium.v1.Keyword;
import dev.scriptorium.v1.MemberRun;
import dev.scriptorium.v1.Readability;
import dev.scriptorium.v1.TextFacts;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the figures of a book's text. */
@Command(
    name = "facts",
    description = {
      "Shows how long a book is and how hard to read, what it is about, and the same of each of"
          + " its",
      "chapters."
    })
final class FactsCommand implements Callable<Integer> {
  private static final int BAR_CELLS = 12;
  private static final int HARDEST = 70;
  private static final int MAX_CHAPTERS = 1000;

  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(paramLabel = "BOOK", description = Help.BOOK)
  private String wanted = "";

  @Option(names = "--up-to", paramLabel = "PLACE", description = Help.UP_TO)
  private @Nullable String upTo;

  FactsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (ScriptoriumClient client = common.connect(shell)) {
      String book = new BookFinder(client).nameOf(wanted);
      GetBookFactsRequest.Builder request =
          GetBookFactsRequest.newBuilder().setName(book).setPageSize(MAX_CHAPTERS);
      ReadingPlace.upTo(client, book, upTo).ifPresent(request::setUpTo);
      BookFacts facts = client.getBookFacts(request.build());
      if (common.json()) {
        shell.out().println(ProtoJson.line(ProtoJson.of(facts)));
      } else if (facts.hasBook()) {
        print(facts, BookMap.of(client, book));
      } else {
        shell.err().println("No figures; 'scriptorium show' says how far the import is.");
      }
    }
    return 0;
  }

  private void print(BookFacts facts, BookMap map) {
    TextFacts book = facts.getBook();
    Labelled lines = new Labelled(shell);
    lines.print("Language", book.getLanguage());
    lines.print(
        "Length",
        Words.count(book.getWordCount(), "word")
            + ", "
            + Words.count(book.getSentenceCount(), "sentence"));
    lines.print("To read", Words.span(Duration.ofSeconds(book.getReadingSeconds())));
    lines.print("Difficulty", difficulty(book));
    lines.print(
        "Formulas",
        book.getReadabilityList().stream()
            .map(FactsCommand::formula)
            .collect(Collectors.joining(", ")));
    lines.print("About", keywords(book));
    lines.print("Analyzed", facts.hasAnalysis() ? analysis(facts.getAnalysis()) : "");
    chapters(facts, map);
  }

  private static String analysis(AnalysisRun run) {
    String by = run.getMode().isEmpty() ? run.getPlugin() : run.getMode().toLowerCase(Locale.ROOT);
    String members =
        run.getMembersList().stream().map(FactsCommand::member).collect(Collectors.joining(", "));
    String fallbacks =
        run.getFallbacksList().stream()
            .map(reason -> reason.toLowerCase(Locale.ROOT).replace('_', ' '))
            .collect(Collectors.joining(", "));
    return by
        + ", "
        + Words.count(run.getParagraphs(), "paragraph")
        + (members.isEmpty() ? "" : "; " + members)
        + (run.getWeights().isEmpty() ? "" : "; weights " + run.getWeights())
        + (fallbacks.isEmpty() ? "" : "; less than usual: " + fallbacks)
        + (run.getDegraded() ? "; degraded" : "");
  }

  private static String member(MemberRun member) {
    String name = member.getMember().toLowerCase(Locale.ROOT);
    if (member.getFailed()) {
      return name + " failed";
    }
    long millis = member.getTime().getSeconds() * 1000 + member.getTime().getNanos() / 1_000_000;
    return name + " " + millis + " ms";
  }

  private void chapters(BookFacts facts, BookMap map) {
    if (facts.getChaptersCount() == 0) {
      return;
    }
    Bars bars = new Bars(shell.terminal().unicode());
    Table table =
        new Table("*CHAPTER", ">WORDS", ">TO READ", ">DIFFICULTY", "-", "-*WHAT IS NEW IN IT");
    for (ChapterFacts chapter : facts.getChaptersList()) {
      TextFacts figures = chapter.getFacts();
      table.row(
          map.chapter(chapter.getChapter()).substring("chapter ".length()),
          Words.count(figures.getWordCount()),
          Words.span(Duration.ofSeconds(figures.getReadingSeconds())),
          figures.hasDifficulty() ? Long.toString(Math.round(figures.getDifficulty())) : "-",
          bars.bar(Math.round(figures.getDifficulty()), HARDEST, BAR_CELLS),
          keywords(figures));
    }
    shell.out().println();
    table.print(shell.out(), shell.terminal());
  }

  private static String difficulty(TextFacts facts) {
    if (!facts.hasDifficulty()) {
      return "";
    }
    double value = facts.getDifficulty();
    String words =
        value < 30
            ? "very easy"
            : value < 40 ? "easy" : value < 50 ? "medium" : value < 60 ? "hard" : "very hard";
    return Math.round(value) + " of 100, " + words;
  }

  private static String formula(Readability readability) {
    String name = readability.getFormula().replace('_', ' ').toLowerCase(Locale.ROOT);
    return name + " " + String.format(Locale.ROOT, "%.1f", readability.getValue());
  }

  private static String keywords(TextFacts facts) {
    return facts.getKeywordsList().stream().map(Keyword::getWord).collect(Collectors.joining(", "));
  }
}
