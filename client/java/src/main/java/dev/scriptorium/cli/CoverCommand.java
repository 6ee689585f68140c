package dev.scriptorium.cli;

import com.google.gson.JsonObject;
import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Cover;
import dev.scriptorium.v1.GetCoverRequest.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves a cover. */
@Command(name = "cover", description = "Saves the cover picture of a book.")
final class CoverCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(paramLabel = "BOOK", description = Help.BOOK)
  private String wanted = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "File to write; replaced when it exists.")
  private Path file = Path.of("");

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
  private Width size = Width.original;

  CoverCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Cover cover;
    try (ScriptoriumClient client = common.connect(shell)) {
      cover = client.getCover(new BookFinder(client).nameOf(wanted), size.wire);
    }
    try {
      Files.write(file, cover.getData().toByteArray());
    } catch (IOException e) {
      throw new CliException(1, file + " cannot be written: " + e.getMessage());
    }
    report(cover);
    return 0;
  }

  private void report(Cover cover) {
    if (common.json()) {
      JsonObject json = new JsonObject();
      json.addProperty("file", file.toString());
      json.addProperty("media_type", cover.getMediaType());
      json.addProperty("size_bytes", cover.getData().size());
      json.addProperty("etag", cover.getEtag());
      shell.out().println(ProtoJson.line(json));
    } else {
      String size = Words.size(cover.getData().size());
      shell.out().println(file + ": " + Cells.clean(cover.getMediaType()) + ", " + size);
    }
  }

  /** Sizes by the names a user types. */
  enum Width {
    original(Size.SIZE_ORIGINAL),
    large(Size.SIZE_LARGE),
    small(Size.SIZE_SMALL);

    private final Size wire;

    Width(Size wire) {
      this.wire = wire;
    }
  }
}
