package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what has changed. */
@Command(
    name = "changes",
    description = "Lists what has changed: books, progress, annotations, goals.",
    footer = {
      "",
      "The first time, or without a token, that is everything there is. With --state a file keeps"
          + " the",
      "token, so that the next call goes on where this one ended:",
      "",
      "  scriptorium changes --state ~/.scriptorium-changes --json"
    })
final class ChangesCommand extends Subcommand {
  @Option(
      names = "--since",
      paramLabel = "TOKEN",
      description = "Only what changed since this token was given.")
  private String since = "";

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "Read the token from this file, and keep the new one there.")
  private @Nullable Path state;

  @Option(
      names = {"-w", "--watch"},
      description = "Go on, and print changes as they happen, until Ctrl-C.")
  private boolean watch;

  ChangesCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    if (!since.isEmpty() && state != null) {
      throw new CliException(2, "give --since or --state, not both");
    }
  }

  @Override
  int act(ScriptoriumClient client) {
    String token =
        client
            .changes()
            .list(
                begin(),
                page -> {
                  print(page.getChangesList());
                  keep(page.getResumeToken());
                });
    if (watch) {
      client
          .changes()
          .watch(
              token,
              frame -> {
                print(frame.getChangesList());
                keep(frame.getResumeToken());
              },
              broken ->
                  shell()
                      .err()
                      .println(
                          "scriptorium: " + Cells.clean(broken.getMessage() + "; trying again")));
    } else if (state == null && !json()) {
      shell().err().println("Next time: --since " + token);
    }
    return 0;
  }

  private String begin() {
    Path file = state;
    if (file == null || !Files.exists(file)) {
      return since;
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CliException(2, file + " cannot be read: " + e.getMessage());
    }
  }

  // Replaced in one step: a token that is cut off would be of no use.
  private void keep(String token) {
    Path file = state;
    if (file == null) {
      return;
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(fresh, (token + "\n").getBytes(StandardCharsets.UTF_8));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CliException(1, file + " cannot be written: " + e.getMessage());
    }
  }

  private void print(List<Change> changes) {
    changes.forEach(json() ? this::printJson : this::print);
    shell().out().flush();
  }

  private void print(Change change) {
    print(
        "%s  %-10s  %s %s"
            .formatted(
                Words.time(change.getChangeTime(), shell().zone()),
                Cells.clean(change.getKind()),
                Cells.clean(change.getName()),
                change.getRemoved() ? "removed" : "revision " + change.getRevision()));
  }
}
