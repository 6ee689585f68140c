package dev.scriptorium.cli;

import dev.scriptorium.cli.BookImport.Status;
import dev.scriptorium.client.ScriptoriumClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports books. */
@Command(
    name = "import",
    description = {
      "Uploads books and follows their import: visible, readable, analyzed.",
      "Stopping with Ctrl-C stops uploads; what is stored goes on at the server."
    })
final class ImportCommand implements Callable<Integer> {
  private static final int MOST_PARALLEL = 64;
  private static final long FRAME_MILLIS = 100;

  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Book, or folder: all books below it, known by their extensions.")
  private List<Path> given = List.of();

  @Option(
      names = {"-j", "--parallel"},
      paramLabel = "N",
      description = "Books under way at once, 1 to 64. ${DEFAULT-VALUE} by default.")
  private int parallel = 4;

  @Option(names = "--no-wait", description = "Upload only; do not wait for the import.")
  private boolean noWait;

  ImportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (parallel < 1 || parallel > MOST_PARALLEL) {
      throw new CliException(
          2, "--parallel " + parallel + " is not between 1 and " + MOST_PARALLEL);
    }
    List<Path> files = LocalFiles.expand(given);
    List<BookImport> books = files.stream().map(BookImport::new).toList();
    try (ScriptoriumClient client = common.connect(shell)) {
      // A server that is away, or refuses the key, is told once and not for every file.
      client.systemInfo();
      return runAll(client, files, books) ? exitCode(books) : stopped(books);
    }
  }

  /** True when every book has ended; false when the user stopped it. */
  private boolean runAll(ScriptoriumClient client, List<Path> files, List<BookImport> books) {
    BlockingQueue<ImportEvent> events = new LinkedBlockingQueue<>();
    boolean complete = true;
    try (ImportDisplay display = display(books)) {
      try (Importer importer = new Importer(client, parallel, !noWait, events::add)) {
        importer.start(files);
        showUntilEnded(books, events, display);
      } catch (InterruptedException e) {
        complete = false;
      }
      // What happened while the importer was closing counts too.
      events.stream()
          .filter(event -> !event.isInterruption())
          .forEach(event -> take(event, books.get(event.file()), display));
    }
    return complete;
  }

  private void showUntilEnded(
      List<BookImport> books, BlockingQueue<ImportEvent> events, ImportDisplay display)
      throws InterruptedException {
    List<ImportEvent> batch = new ArrayList<>();
    int open = books.size();
    while (open > 0) {
      ImportEvent first = events.poll(FRAME_MILLIS, TimeUnit.MILLISECONDS);
      if (first != null) {
        batch.add(first);
        events.drainTo(batch);
      }
      for (ImportEvent event : batch) {
        open -= take(event, books.get(event.file()), display) ? 1 : 0;
      }
      batch.clear();
      display.tick();
    }
  }

  /** True when the book has ended with this event. */
  private boolean take(ImportEvent event, BookImport book, ImportDisplay display) {
    boolean stepped = book.apply(event);
    if (book.ended()) {
      if (common.json()) {
        shell.out().println(ProtoJson.line(book.json()));
      }
      display.end(book);
      return true;
    }
    if (stepped) {
      display.step(book);
    }
    return false;
  }

  /** With JSON, standard output is the program's alone and people look at standard error. */
  private ImportDisplay display(List<BookImport> books) {
    Terminal terminal = shell.terminal();
    PrintWriter results = common.json() ? shell.err() : shell.out();
    boolean visible = common.json() ? terminal.err() : terminal.out();
    Style style = common.json() ? terminal.errStyle() : terminal.outStyle();
    ImportLines lines =
        new ImportLines(style, terminal.unicode(), visible ? terminal.columns() : 0);
    return terminal.canDrawBars()
        ? new BarDisplay(shell.err(), results, terminal, lines, books)
        : new PlainDisplay(shell.err(), results, lines);
  }

  private int exitCode(List<BookImport> books) {
    List<Integer> failures =
        books.stream().map(BookImport::exitCode).filter(code -> code != 0).toList();
    if (books.size() > 1) {
      summarize(books);
    }
    if (failures.isEmpty()) {
      return 0;
    }
    boolean sameCause =
        failures.size() == books.size() && failures.stream().distinct().count() == 1;
    // The server's state explains all of them, so it is the better answer.
    return sameCause && failures.getFirst() >= 3 ? failures.getFirst() : 1;
  }

  private void summarize(List<BookImport> books) {
    String summary =
        List.of(Status.IMPORTED, Status.EXISTS, Status.STORED, Status.INCOMPLETE, Status.FAILED)
            .stream()
            .filter(status -> count(books, status) > 0)
            .map(status -> count(books, status) + " " + word(status))
            .collect(Collectors.joining(", "));
    shell.err().println(Words.count(books.size(), "book") + ": " + summary);
  }

  private static long count(List<BookImport> books, Status status) {
    return books.stream().filter(book -> book.status() == status).count();
  }

  private static String word(Status status) {
    return switch (status) {
      case IMPORTED -> "imported";
      case EXISTS -> "already there";
      case STORED -> "stored";
      case INCOMPLETE -> "incomplete";
      case FAILED -> "failed";
      case WAITING -> "waiting";
      case UPLOADING -> "uploading";
    };
  }

  private int stopped(List<BookImport> books) {
    List<BookImport> stored =
        books.stream().filter(b -> b.status() == Status.STORED && !b.ended()).toList();
    List<BookImport> lost =
        books.stream()
            .filter(b -> b.status() == Status.UPLOADING || b.status() == Status.WAITING)
            .toList();
    shell.err().println("Stopped.");
    if (!stored.isEmpty()) {
      shell.err().println("Going on at the server: " + names(stored) + "; see 'scriptorium list'.");
    }
    if (!lost.isEmpty()) {
      shell.err().println("Not uploaded, import again: " + names(lost) + ".");
    }
    shell.err().flush();
    return 130;
  }

  private static String names(List<BookImport> books) {
    return books.stream().map(ImportLines::fileName).collect(Collectors.joining(", "));
  }
}
