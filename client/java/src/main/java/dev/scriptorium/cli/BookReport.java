package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.Warning;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A book on one screen: facts, people and places, best passages, chapters. */
final class BookReport {
  private static final int ENTITIES = 8;
  private static final int PASSAGES = 3;
  private static final int PASSAGE_LINES = 4;
  private static final int WARNINGS = 10;
  private static final int LABEL_CELLS = Labelled.CELLS;

  private final Shell shell;
  private final ScriptoriumClient client;
  private final Style style;
  private final Labelled lines;

  BookReport(Shell shell, ScriptoriumClient client) {
    this.shell = shell;
    this.client = client;
    this.style = shell.terminal().outStyle();
    this.lines = new Labelled(shell);
  }

  /**
   * @param complete chapters and warnings too
   */
  void print(Book book, boolean complete) {
    shell.out().println(style.bold(Cells.clean(book.getTitle())));
    facts(book);
    if (book.getState() == Book.State.STATE_ANALYZED) {
      fact("Characters", entities(book, EntityType.ENTITY_TYPE_CHARACTER));
      fact("Places", entities(book, EntityType.ENTITY_TYPE_PLACE));
      passages(book);
    }
    if (complete) {
      chapters(book);
      warnings(book);
    }
    shell.out().flush();
  }

  private void facts(Book book) {
    fact("Book", book.getName());
    fact("By", BookLines.authors(book));
    fact("Language", String.join(", ", book.getLanguagesList()));
    fact("Published", joined(book.getPublisher(), book.getPublished()));
    fact(
        "File",
        book.getFileName() + ", " + book.getMediaType() + ", " + Words.size(book.getSizeBytes()));
    fact("Added", Words.time(book.getCreateTime(), shell.zone()));
    fact("State", BookLines.state(book));
    if (book.getChapterCount() > 0) {
      fact("Extent", BookLines.extent(book));
    }
    fact("Import", BookLines.times(book));
    if (book.hasFailure()) {
      fact("Failure", BookLines.failure(book.getFailure()));
    }
  }

  private void fact(String label, String value) {
    lines.print(label, value);
  }

  private static String joined(String... parts) {
    return Stream.of(parts).filter(part -> !part.isBlank()).collect(Collectors.joining(", "));
  }

  private String entities(Book book, EntityType type) {
    ListEntitiesRequest request =
        ListEntitiesRequest.newBuilder()
            .setParent(book.getName())
            .setType(type)
            .setPageSize(ENTITIES)
            .build();
    try (Stream<Entity> entities = client.listEntities(request).limit(ENTITIES)) {
      return entities
          .map(
              entity ->
                  entity.getDisplayName() + " (" + Words.count(entity.getMentionCount()) + ")")
          .collect(Collectors.joining(", "));
    }
  }

  private void passages(Book book) {
    ListPassagesRequest request =
        ListPassagesRequest.newBuilder()
            .setParent(book.getName())
            .setPageSize(PASSAGES)
            .setOrder(ListPassagesRequest.Order.ORDER_PRIORITY)
            .build();
    try (Stream<Passage> passages = client.listPassages(request).limit(PASSAGES)) {
      passages.forEach(this::passage);
    }
  }

  private void passage(Passage passage) {
    String head =
        "%s, chapter %s, priority %d"
            .formatted(
                Words.of(passage.getType()),
                BookLines.ordinal(passage.getRange().getChapter()),
                passage.getPriority());
    fact("Passage", head);
    List<String> lines =
        Cells.wrap(Cells.clean(passage.getText()), shell.textColumns() - LABEL_CELLS - 2);
    int shown = Math.min(lines.size(), PASSAGE_LINES);
    for (int i = 0; i < shown; i++) {
      String rest = i == shown - 1 && lines.size() > shown ? " …" : "";
      shell.out().println(style.dim(" ".repeat(LABEL_CELLS) + lines.get(i) + rest));
    }
  }

  private void chapters(Book book) {
    if (book.getChapterCount() == 0) {
      return;
    }
    Table table = new Table(">CHAPTER", "*TITLE", ">WORDS", "*SOURCE");
    try (Stream<Chapter> chapters = client.listChapters(book.getName())) {
      chapters.forEach(
          chapter ->
              table.row(
                  BookLines.ordinal(chapter.getName()),
                  chapter.getTitle().isBlank() ? "-" : chapter.getTitle(),
                  Words.count(chapter.getWordCount()),
                  chapter.getSource()));
    }
    shell.out().println();
    table.print(shell.out(), shell.terminal());
  }

  private void warnings(Book book) {
    List<Warning> all = book.getWarningsList();
    if (all.isEmpty()) {
      return;
    }
    shell.out().println();
    shell.out().println(style.yellow(Words.count(all.size(), "warning") + ":"));
    all.stream()
        .limit(WARNINGS)
        .map(w -> "  " + w.getReason() + " " + w.getPlace() + ": " + w.getMessage())
        .forEach(line -> shell.out().println(Cells.clean(line)));
    if (all.size() > WARNINGS) {
      shell.out().println("  and " + (all.size() - WARNINGS) + " more, with --json");
    }
  }
}
