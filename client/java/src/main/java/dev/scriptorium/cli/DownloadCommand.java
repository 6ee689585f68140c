package dev.scriptorium.cli;

import com.google.gson.JsonObject;
import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.DownloadHeader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves the file of a book. */
@Command(
    name = "download",
    description = {
      "Saves the file of a book as it was uploaded, and checks its hash.",
      "What a broken download has left is completed."
    })
final class DownloadCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final Common common = new Common();

  @Parameters(paramLabel = "BOOK", description = Help.BOOK)
  private String wanted = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "File or folder to write to; the uploaded file's name in this folder by default."
              + " Replaced when it exists.")
  private @Nullable Path output;

  DownloadCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try (ScriptoriumClient client = common.connect(shell)) {
      Book book = client.getBook(new BookFinder(client).nameOf(wanted));
      Path target = target(book);
      DownloadHeader file = client.download(book.getName(), target);
      report(target, file);
    }
    return 0;
  }

  private Path target(Book book) {
    // The name came from whoever uploaded the file: only its last part, and no hidden file.
    String name = book.getFileName().replaceAll(".*[/\\\\]", "").replaceFirst("^\\.+", "");
    Path file = Path.of(name.isBlank() ? "book" : name);
    if (output == null) {
      return file;
    }
    return Files.isDirectory(output) ? output.resolve(file) : output;
  }

  private void report(Path target, DownloadHeader file) {
    if (common.json()) {
      JsonObject json = new JsonObject();
      json.addProperty("file", target.toString());
      json.addProperty("media_type", file.getMediaType());
      json.addProperty("size_bytes", file.getSizeBytes());
      json.addProperty("sha256", file.getSha256());
      shell.out().println(ProtoJson.line(json));
    } else {
      shell.out().println(target + ": " + Words.size(file.getSizeBytes()));
    }
  }
}
