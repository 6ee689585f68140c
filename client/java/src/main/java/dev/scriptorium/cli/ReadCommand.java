package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.Note;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a chapter. */
@Command(
    name = "read",
    description = "Prints a chapter: wrapped in a terminal, as it is in a pipe.")
final class ReadCommand implements Callable<Integer> {
  private static final int COMFORTABLE_COLUMNS = 80;

  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(index = "0", paramLabel = "BOOK", description = Help.BOOK)
  private String wanted = "";

  @Parameters(
      index = "1",
      paramLabel = "CHAPTER",
      description = "Number of the chapter, from 1; 'show BOOK' lists them.")
  private int ordinal;

  @Option(names = "--html", description = "HTML instead of text.")
  private boolean html;

  ReadCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (ordinal < 1) {
      throw new CliException(2, "chapter " + ordinal + " is below 1");
    }
    try (ScriptoriumClient client = common.connect(shell)) {
      String book = new BookFinder(client).nameOf(wanted);
      print(client.getChapter(book + "/chapters/" + ordinal, content()));
    }
    shell.out().flush();
    return 0;
  }

  private GetChapterRequest.Content content() {
    return html ? GetChapterRequest.Content.CONTENT_HTML : GetChapterRequest.Content.CONTENT_TEXT;
  }

  private void print(Chapter chapter) {
    if (common.json()) {
      shell.out().println(ProtoJson.line(ProtoJson.of(chapter)));
    } else if (html) {
      shell.out().println(chapter.getHtml());
    } else if (shell.terminal().out()) {
      printWrapped(chapter);
    } else {
      shell.out().println(chapter.getText());
    }
  }

  private void printWrapped(Chapter chapter) {
    Style style = shell.terminal().outStyle();
    int columns = Math.min(shell.terminal().columns(), COMFORTABLE_COLUMNS);
    String title = Cells.clean(chapter.getTitle());
    String text = Cells.cleanLines(chapter.getText());
    if (!title.isBlank()) {
      Cells.wrap(title, columns).forEach(line -> shell.out().println(style.bold(line)));
      shell.out().println();
    }
    String rest = text.substring(titleLength(text, title)).stripLeading();
    Cells.wrap(rest, columns).forEach(shell.out()::println);
    if (chapter.getNotesCount() > 0) {
      shell.out().println();
    }
    for (Note note : chapter.getNotesList()) {
      String line = "[" + note.getLabel() + "] " + note.getText();
      Cells.wrap(Cells.clean(line), columns).forEach(l -> shell.out().println(style.dim(l)));
    }
  }

  /** Length of the title, however it is broken, when it is all that the text's first lines say. */
  static int titleLength(String text, String title) {
    int at = 0;
    for (int i = 0; i < title.length(); i++) {
      if (title.charAt(i) == ' ') {
        continue;
      }
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at == text.length() || text.charAt(at) != title.charAt(i)) {
        return 0;
      }
      at++;
    }
    boolean alone = at == text.length() || text.charAt(at) == '\n';
    return alone ? at : 0;
  }
}
