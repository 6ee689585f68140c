package dev.scriptorium.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints a completion script. */
@Command(
    name = "completion",
    description = {"Prints a completion script for bash and zsh."},
    footerHeading = "%nFor this shell, and for new ones:%n",
    footer = {
      "  source <(scriptorium completion)",
      "  scriptorium completion > ~/.local/share/bash-completion/completions/scriptorium"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Shell shell;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  CompletionCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    CommandLine root = CommandTree.of(shell);
    shell.out().print(AutoComplete.bash("scriptorium", root));
    shell.out().flush();
    return 0;
  }
}
