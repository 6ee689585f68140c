package dev.scriptorium.cli;

import com.google.gson.JsonObject;
import dev.scriptorium.client.ScriptoriumException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts the commands together and turns every error into one line and an exit code. */
final class CommandTree {
  private final Shell shell;

  private CommandTree(Shell shell) {
    this.shell = shell;
  }

  static CommandLine of(Shell shell) {
    return new CommandTree(shell).build();
  }

  private CommandLine build() {
    CommandLine root = new CommandLine(new Root());
    root.addSubcommand(new LoginCommand(shell));
    root.addSubcommand(new ImportCommand(shell));
    root.addSubcommand(new ListCommand(shell));
    root.addSubcommand(new SearchCommand(shell));
    root.addSubcommand(new FacetsCommand(shell));
    root.addSubcommand(new ShowCommand(shell));
    root.addSubcommand(new ReadCommand(shell));
    root.addSubcommand(new PassagesCommand(shell));
    root.addSubcommand(new EntitiesCommand(shell));
    root.addSubcommand(new XRayCommand(shell));
    root.addSubcommand(new FactsCommand(shell));
    root.addSubcommand(new ReanalyzeCommand(shell));
    root.addSubcommand(new ProgressCommand(shell));
    root.addSubcommand(new HistoryCommand(shell));
    root.addSubcommand(new AnnotationsCommand(shell));
    root.addSubcommand(new StatsCommand(shell));
    root.addSubcommand(new ChangesCommand(shell));
    root.addSubcommand(new CoverCommand(shell));
    root.addSubcommand(new DownloadCommand(shell));
    root.addSubcommand(new DeleteCommand(shell));
    root.addSubcommand(JobsCommand.tree(shell));
    root.addSubcommand(FleetCommand.tree(shell));
    root.addSubcommand(UsersCommand.tree(shell));
    root.addSubcommand(KeysCommand.tree(shell));
    root.addSubcommand(new ShareCommand(shell));
    root.addSubcommand(CollectionsCommand.tree(shell));
    root.addSubcommand(new SystemCommand(shell));
    root.addSubcommand(new CompletionCommand(shell));
    return root.setOut(shell.out())
        .setErr(shell.err())
        .setUsageHelpWidth(shell.textColumns())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                shell.terminal().outStyle().on() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        // An @ before a file's name means something to commands of ours.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(this::wrongUsage)
        .setExecutionExceptionHandler(this::failed);
  }

  private int wrongUsage(ParameterException error, String[] arguments) {
    String command = error.getCommandLine().getCommandSpec().qualifiedName();
    complain(
        isJson(arguments),
        "USAGE",
        String.valueOf(error.getMessage()).lines().findFirst().orElse("wrong usage")
            + "; see '"
            + command
            + " --help'",
        2);
    return 2;
  }

  private int failed(Exception error, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    boolean json = isJson(parsed.originalArgs().toArray(String[]::new));
    return switch (error) {
      // Who pressed Ctrl-C knows it.
      case ScriptoriumException e when e.reason().equals(ScriptoriumException.INTERRUPTED) ->
          e.exitCode();
      case ScriptoriumException e -> {
        complain(json, e.reason(), e.getMessage() + Advice.after(e), e.exitCode());
        yield e.exitCode();
      }
      case CliException e -> {
        complain(json, "COMMAND", String.valueOf(e.getMessage()), e.exitCode());
        yield e.exitCode();
      }
      case IllegalArgumentException e -> {
        complain(json, "USAGE", String.valueOf(e.getMessage()), 2);
        yield 2;
      }
      case InterruptedException _ -> 130;
      default -> throw error;
    };
  }

  private void complain(boolean json, String reason, String message, int exitCode) {
    if (json) {
      JsonObject error = new JsonObject();
      error.addProperty("reason", reason);
      error.addProperty("message", message);
      error.addProperty("exit_code", exitCode);
      JsonObject line = new JsonObject();
      line.add("error", error);
      shell.err().println(ProtoJson.line(line));
      return;
    }
    String prefix = shell.terminal().errStyle().red("scriptorium:");
    shell.err().println(prefix + " " + Cells.cleanLines(message));
  }

  private static boolean isJson(String[] arguments) {
    List<String> options =
        Arrays.asList(arguments).stream().takeWhile(a -> !a.equals("--")).toList();
    return options.contains("--json");
  }

  /** The command without a subcommand. */
  @Command(
      name = "scriptorium",
      description = "Imports books into a Scriptorium server and reads what was found in them.",
      synopsisSubcommandLabel = "COMMAND",
      mixinStandardHelpOptions = true,
      subcommands = CommandLine.HelpCommand.class,
      versionProvider = Version.class,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:done",
        "1:some book failed",
        "2:wrong usage or input",
        "3:server unreachable",
        "4:API key missing or refused",
        "5:not found",
        "6:not allowed for this key",
        "7:server out of disk or another resource",
        "130:stopped with Ctrl-C"
      },
      footerHeading = "%nFirst steps:%n",
      footer = {
        "  scriptorium login --key-file /var/lib/scriptorium/keys/operator.key",
        "  scriptorium import ~/books",
        "  scriptorium list"
      })
  private static final class Root implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
      if (spec != null) {
        throw new ParameterException(spec.commandLine(), "no command given");
      }
    }
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"scriptorium " + (version == null ? "(unpacked)" : version)};
    }
  }
}
