package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.trial.TryCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code scriptorium-worker}. */
@Command(
    name = "scriptorium-worker",
    description = "Runs the heavy work of Scriptorium: reads, parses and analyses books.",
    mixinStandardHelpOptions = true,
    versionProvider = WorkerMain.Version.class,
    subcommands = {RunCommand.class, TryCommand.class})
public final class WorkerMain {
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  private WorkerMain() {}

  /**
   * Starts the worker. The level of its log is that of the variable {@code SCRIPTORIUM_LOG_LEVEL},
   * INFO by default.
   */
  public static void main(String[] args) {
    Optional.ofNullable(System.getenv("SCRIPTORIUM_LOG_LEVEL"))
        .ifPresent(level -> System.setProperty(LOG_LEVEL, level));
    // gRPC logs to java.util.logging; one log is enough.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    CommandLine command = commandLine();
    command.setExitCodeExceptionMapper(
        failure ->
            failure instanceof CommandLine.ParameterException
                ? ExitCode.USAGE.number()
                : ExitCode.INTERNAL.number());
    System.exit(command.execute(args));
  }

  /** The command, whose help lists the exit codes, as does that of each command below it. */
  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new WorkerMain());
    // try takes @LIST itself.
    command.setExpandAtFiles(false);
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(" " + code.number(), code.meaning());
    }
    listExitCodes(command, codes);
    command.getSubcommands().values().forEach(below -> listExitCodes(below, codes));
    return command;
  }

  private static void listExitCodes(CommandLine command, Map<String, String> codes) {
    command.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    command.getCommandSpec().usageMessage().exitCodeList(codes);
  }

  /** Version of the program. */
  static String version() {
    return Optional.ofNullable(WorkerMain.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"scriptorium-worker " + version()};
    }
  }
}
