package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  @TempDir private Path home = Path.of("");

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    CommandRun run = CommandRun.with(Map.of(), home, CommandRun.PIPE, "", "completion");
    Path script = Files.writeString(home.resolve("scriptorium.bash"), run.out());

    assertThat(completions(script, "scriptorium", "pass")).contains("passages");
    assertThat(completions(script, "scriptorium", "passages", "--ty")).contains("--type");
    assertThat(completions(script, "scriptorium", "passages", "--type", "at"))
        .contains("atmosphere");
  }

  /** What bash offers for a line. */
  private static String completions(Path script, String... words)
      throws IOException, InterruptedException {
    String line = "'" + String.join("' '", words) + "'";
    String program =
        """
        source "$0"
        COMP_WORDS=(%s)
        COMP_CWORD=%d
        _complete_scriptorium
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(line, words.length - 1);
    Process bash =
        new ProcessBuilder("bash", "-c", program, script.toString())
            .redirectErrorStream(true)
            .start();
    bash.getOutputStream().close();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    bash.waitFor();
    return output;
  }
}
