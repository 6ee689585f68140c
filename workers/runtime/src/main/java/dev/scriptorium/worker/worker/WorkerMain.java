package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.trial.TryCommand;
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
  private WorkerMain() {}

  /** Starts the worker. */
  public static void main(String[] args) {
    // gRPC logs to java.util.logging; one log is enough.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    CommandLine command = new CommandLine(new WorkerMain());
    command.setExitCodeExceptionMapper(
        failure ->
            failure instanceof CommandLine.ParameterException
                ? ExitCode.USAGE.number()
                : ExitCode.INTERNAL.number());
    System.exit(command.execute(args));
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
