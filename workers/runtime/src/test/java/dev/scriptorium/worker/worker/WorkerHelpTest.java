package dev.scriptorium.worker.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class WorkerHelpTest {
  @Test
  void everyHelpListsTheExitCodes() {
    CommandLine command = WorkerMain.commandLine();

    assertThat(command.getUsageMessage()).contains("Exit codes:", "no server accepts the key");
    for (CommandLine below : command.getSubcommands().values()) {
      for (ExitCode code : ExitCode.values()) {
        assertThat(below.getUsageMessage()).containsPattern("(?m)^ +" + code.number() + " +");
      }
    }
  }
}
