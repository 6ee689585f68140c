package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.SearchBooksResponse;
import dev.scriptorium.v1.SearchTextRequest;
import dev.scriptorium.v1.SearchTextResponse;
import dev.scriptorium.v1.SearchTextResponse.Match;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches books and what is in them. */
@Command(
    name = "search",
    description = {
      "Finds places in the texts of books, best first; with --titles books by what they are"
          + " called.",
      "\"Words in quotes\" stand side by side, -word must not occur, OR is OR."
    })
final class SearchCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(arity = "1..*", paramLabel = "WORD", description = "What to look for.")
  private List<String> words = List.of();

  @Option(names = "--titles", description = "Look at titles, people and series.")
  private boolean titles;

  @Option(names = "--book", paramLabel = "BOOK", description = "Only in this book. " + Help.BOOK)
  private @Nullable String book;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "At most N results. ${DEFAULT-VALUE} by default.")
  private int limit = 20;

  SearchCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (titles && book != null) {
      throw new CliException(2, "--titles and --book do not go together");
    }
    String query = String.join(" ", words);
    int most = Math.max(0, limit);
    try (ScriptoriumClient client = common.connect(shell)) {
      boolean found = titles ? searchTitles(client, query, most) : searchTexts(client, query, most);
      if (!found && !common.json()) {
        shell.err().println("Nothing is found.");
      }
    }
    return 0;
  }

  private boolean searchTitles(ScriptoriumClient client, String query, int most) {
    List<SearchBooksResponse.Hit> hits = client.searchBooks(query, Math.clamp(most, 1, 200));
    hits = hits.subList(0, Math.min(most, hits.size()));
    hits.forEach(this::print);
    return !hits.isEmpty();
  }

  private boolean searchTexts(ScriptoriumClient client, String query, int most) {
    String parent = book == null ? "books/-" : new BookFinder(client).nameOf(book);
    SearchTextRequest request =
        SearchTextRequest.newBuilder()
            .setParent(parent)
            .setQuery(query)
            .setPageSize(Math.clamp(most, 1, 50))
            .build();
    try (Stream<SearchTextResponse.Hit> hits = client.searchText(request)) {
      List<SearchTextResponse.Hit> shown = hits.limit(most).toList();
      shown.forEach(this::print);
      return !shown.isEmpty();
    }
  }

  private void print(SearchBooksResponse.Hit hit) {
    if (common.json()) {
      shell.out().println(ProtoJson.line(ProtoJson.of(hit)));
      return;
    }
    Book found = hit.getBook();
    String people =
        found.getContributorsList().isEmpty() ? "" : ", " + found.getContributors(0).getName();
    String line = Cells.clean(found.getTitle() + people);
    shell.out().println(shell.terminal().outStyle().bold(line) + "  " + found.getName());
  }

  private void print(SearchTextResponse.Hit hit) {
    if (common.json()) {
      shell.out().println(ProtoJson.line(ProtoJson.of(hit)));
      return;
    }
    String chapter = hit.getChapterTitle().isBlank() ? "" : ", " + hit.getChapterTitle();
    String head =
        hit.getTitle()
            + chapter
            + " (chapter "
            + BookLines.ordinal(hit.getRange().getChapter())
            + " at "
            + hit.getRange().getStart()
            + ")";
    shell.out().println(shell.terminal().outStyle().bold(Cells.clean(head)));
    Cells.wrap(Cells.clean(marked(hit)), shell.textColumns() - 4)
        .forEach(line -> shell.out().println("    " + line));
  }

  /** The snippet with the words that were found between stars, as they are in plain text. */
  private static String marked(SearchTextResponse.Hit hit) {
    String text = hit.getSnippet();
    StringBuilder marked = new StringBuilder();
    int at = 0;
    for (Match match : hit.getMatchesList()) {
      int start = text.offsetByCodePoints(0, match.getStart());
      int end = text.offsetByCodePoints(0, match.getEnd());
      marked.append(text, at, start).append('*').append(text, start, end).append('*');
      at = end;
    }
    return marked.append(text, at, text.length()).toString();
  }
}
