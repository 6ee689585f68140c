package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Annotation;
import dev.scriptorium.v1.ExportAnnotationsRequest.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists annotations, or saves them as a file. */
@Command(
    name = "annotations",
    description = "Lists bookmarks, highlights and notes, or saves them as a file.")
final class AnnotationsCommand extends Subcommand {
  @Parameters(
      paramLabel = "BOOK",
      arity = "0..1",
      description = "Title, a part of it, or id. All books by default.")
  private @Nullable String wanted;

  @Option(
      names = "--export",
      paramLabel = "FORM",
      description =
          "Write a file: ${COMPLETION-CANDIDATES}. To standard output unless --output is given.")
  private @Nullable Form form;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write; replaced when it exists. Goes with --export.")
  private @Nullable Path file;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "List at most N of them. All by default.")
  private long limit = Long.MAX_VALUE;

  AnnotationsCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    if (file != null && form == null) {
      throw new CliException(2, "--output goes with --export");
    }
  }

  @Override
  int act(ScriptoriumClient client) {
    String parent = wanted == null ? "books/-" : new BookFinder(client).nameOf(wanted);
    if (form == null) {
      list(client, parent);
    } else {
      export(client, parent, form.wire);
    }
    return 0;
  }

  private void list(ScriptoriumClient client, String parent) {
    try (Stream<Annotation> annotations = client.reading().annotations(parent)) {
      List<Annotation> found = annotations.limit(Math.max(0, limit)).toList();
      found.forEach(json() ? this::printJson : this::print);
      if (found.isEmpty() && !json()) {
        shell().err().println("No annotations.");
      }
    }
  }

  private void print(Annotation annotation) {
    String head =
        "%s  %s, chapter %s at %d%s"
            .formatted(
                Words.shortId(annotation.getName()),
                Words.of(annotation.getType()),
                BookLines.ordinal(annotation.getPosition().getChapter()),
                annotation.getStart(),
                annotation.getAnchor() == Annotation.Anchor.ANCHOR_LOST
                    ? " (the text is not there any more)"
                    : "");
    print(shell().terminal().outStyle().bold(head));
    indented(annotation.getQuote().getExact(), "    > ");
    indented(annotation.getNote(), "    ");
    if (annotation.getTagsCount() > 0) {
      print("    [" + Cells.clean(String.join(", ", annotation.getTagsList())) + "]");
    }
  }

  private void indented(String text, String indent) {
    if (!text.isEmpty()) {
      Cells.wrap(Cells.cleanLines(text), shell().textColumns() - indent.length())
          .forEach(line -> print(indent + line));
    }
  }

  private void export(ScriptoriumClient client, String parent, Format format) {
    Path target = file;
    if (target == null) {
      PrintWriter out = shell().out();
      client.reading().export(parent, format, out::print);
      out.flush();
      return;
    }
    try (Writer writer = Files.newBufferedWriter(target)) {
      client.reading().export(parent, format, piece -> write(writer, piece));
    } catch (IOException e) {
      throw new CliException(1, target + " cannot be written: " + e.getMessage());
    }
    shell().err().println("saved " + target);
  }

  private static void write(Writer writer, String piece) {
    try {
      writer.write(piece);
    } catch (IOException e) {
      throw new CliException(1, "the file cannot be written: " + e.getMessage());
    }
  }

  /** Files by the names a user types. */
  enum Form {
    w3c(Format.FORMAT_W3C),
    markdown(Format.FORMAT_MARKDOWN),
    csv(Format.FORMAT_CSV);

    private final Format wire;

    Form(Format wire) {
      this.wire = wire;
    }
  }
}
