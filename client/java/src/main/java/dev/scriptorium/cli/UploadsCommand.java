package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.client.UploadsClient;
import dev.scriptorium.v1.Upload;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists uploads that were cut. */
@Command(
    name = "uploads",
    description = {
      "Lists uploads that were begun and not finished. Importing the same file again goes on with"
          + " one;",
      "the server forgets it a day after it was last written to."
    },
    footer = {"", "  scriptorium uploads", "  scriptorium uploads --cancel uploads/0193"})
final class UploadsCommand extends Subcommand {
  @Option(
      names = "--cancel",
      paramLabel = "UPLOAD",
      description = "Forget this one and its bytes: uploads/ID, or any part of it.")
  private @Nullable String cancelled;

  UploadsCommand(Shell shell) {
    super(shell);
  }

  @Override
  int act(ScriptoriumClient client) {
    UploadsClient uploads = client.uploads();
    if (cancelled == null) {
      list(uploads.list());
    } else {
      Upload found = find(uploads.list(), cancelled);
      uploads.cancel(found.getName());
      if (json()) {
        printJson(found);
      } else {
        print("forgot " + Cells.clean(found.getFileName()));
      }
    }
    return 0;
  }

  private static Upload find(List<Upload> all, String wanted) {
    List<Upload> found = all.stream().filter(upload -> upload.getName().contains(wanted)).toList();
    if (found.size() != 1) {
      throw new CliException(
          5,
          found.isEmpty() ? "no upload is called " + wanted : wanted + " is more than one upload");
    }
    return found.getFirst();
  }

  private void list(List<Upload> all) {
    if (json()) {
      all.forEach(this::printJson);
      return;
    }
    Table table = new Table("UPLOAD", "*FILE", ">SENT", ">SIZE", "-EXPIRES");
    all.forEach(
        upload ->
            table.row(
                upload.getName(),
                upload.getFileName(),
                Words.size(upload.getCommittedOffset()),
                Words.size(upload.getSizeBytes()),
                Words.time(upload.getExpireTime(), shell().zone())));
    print(table);
  }
}
