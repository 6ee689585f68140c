package dev.scriptorium.loadtest.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks the records of a chaos run once more. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks the records that a chaos run has left.",
      "Exit codes: 0 nothing broken, 1 an invariant is broken."
    })
public final class CheckCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Folder of the records.")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws IOException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    return ChaosCommand.report(folder.toString(), folder, out) == 0 ? 0 : 1;
  }
}
