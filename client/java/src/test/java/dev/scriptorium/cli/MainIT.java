package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.fake.FakeServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, with the jars that the launcher uses. */
class MainIT {
  private final FakeServer server = new FakeServer();
  @TempDir private Path home = Path.of("");

  @AfterEach
  void close() {
    server.close();
  }

  private Process start(String terminal, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-Dscriptorium.terminal=" + terminal, "-Duser.home=" + home));
    command.addAll(List.of("-cp", "target/app/lib/*", Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SCRIPTORIUM_SERVER", server.address());
    builder.environment().put("SCRIPTORIUM_KEY", FakeServer.KEY);
    builder.environment().put("TERM", "xterm");
    return builder.start();
  }

  private static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void ctrlCGivesTheTerminalBackAndSaysWhatGoesOn() throws Exception {
    server.catalog().holdImports();
    Path emma = Files.writeString(home.resolve("Emma.epub"), "Emma Woodhouse");
    Process process = start("err", "import", emma.toString());
    while (server.catalog().watches().isEmpty() && process.isAlive()) {
      Thread.onSpinWait();
    }

    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(errors(process))
        .contains("\u001b[?25h")
        .contains("Going on at the server: Emma.epub; see 'scriptorium list'.");
  }

  @Test
  void ctrlCGivesTheScreenBack() throws Exception {
    server.fleet().keepWatching();
    Process process = start("out,err", "fleet", "--watch");
    assertThat(server.fleet().watched().await(60, TimeUnit.SECONDS)).isTrue();

    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

    // First: where Ctrl-C is ignored, as in what a script has put in the background, it never ends.
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(out).startsWith("\u001b[?1049h").endsWith("\u001b[?1049l");
    assertThat(errors(process)).isEmpty();
  }

  @Test
  void nothingButTheResultIsPrinted() throws Exception {
    server.library().add("0198c0de-0000-7000-8000-00000000abcd", "Größenwahn 紅楼夢", "A");

    Process process = start("", "list", "--json");

    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(errors(process)).isEmpty();
    assertThat(process.waitFor()).isZero();
    assertThat(out.lines()).hasSize(1);
    assertThat(out).contains("\"title\":\"Größenwahn 紅楼夢\"");
  }
}
