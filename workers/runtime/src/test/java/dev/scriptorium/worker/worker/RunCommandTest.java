package dev.scriptorium.worker.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class RunCommandTest {
  private static boolean cache(String... options) {
    RunCommand command = new RunCommand();
    List<String> arguments = new ArrayList<>(List.of("--key-file", "worker.key"));
    arguments.addAll(List.of(options));
    new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
    return command.aotCache;
  }

  @Test
  void theCacheIsMadeUnlessItIsRefused() {
    assertThat(cache()).isTrue();
    assertThat(cache("--aot-cache")).isTrue();
    assertThat(cache("--no-aot-cache")).isFalse();
  }
}
