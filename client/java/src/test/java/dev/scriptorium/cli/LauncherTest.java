package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the launchers against folders that look like Java installations. */
class LauncherTest {
  private final Map<String, String> environment = new HashMap<>();
  @TempDir private Path temporary = Path.of("");
  private Path tree = Path.of("");

  /** A copy of the launchers in a tree of their own, its path with a blank. */
  @BeforeEach
  void copyLaunchers() throws IOException {
    tree = temporary.resolve("a tree");
    Path bin = Files.createDirectories(tree.resolve("ops/bin"));
    Path source = SourceTree.root().resolve("ops/bin");
    for (String name :
        new String[] {"jdk.sh", "scriptorium", "scriptorium-server", "scriptorium-worker"}) {
      Files.copy(source.resolve(name), bin.resolve(name));
    }
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", temporary.toString());
    environment.put("SCRIPTORIUM_JDK_PLACES", "");
  }

  private void build(String module) throws IOException {
    Path library = Files.createDirectories(tree.resolve(module).resolve("target/app/lib"));
    Files.createFile(library.resolve("scriptorium-any-1.jar"));
  }

  /** A Java whose program prints where it is and what it is given. */
  private Path jdk(String name, String version) throws IOException {
    Path home = temporary.resolve(name);
    Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(
        program, "#!/bin/sh\necho \"home " + name + "\"\nprintf 'argument %s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private Run run(String launcher, String... arguments) throws IOException, InterruptedException {
    return runFile(tree.resolve("ops/bin").resolve(launcher), arguments);
  }

  private Run runFile(Path launcher, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(temporary.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  @Test
  void javaHomeComesFirst() throws Exception {
    build("client/java");
    environment.put("JAVA_HOME", jdk("first", "25.0.1").toString());
    environment.put("SCRIPTORIUM_JDK_PLACES", jdk("second", "25").toString());

    Run run = run("scriptorium", "list", "two words");

    assertThat(run.output())
        .startsWith("home first\n")
        .endsWith("argument list\nargument two words\n");
    assertThat(run.exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "17.0.15, false",
    "24.0.2, false",
    "25, true",
    "25.0.1, true",
    "25-ea, true",
    "250.1, false",
    "26, false"
  })
  void onlyVersionTwentyFiveIsTaken(String version, boolean taken) throws Exception {
    build("client/java");
    environment.put("JAVA_HOME", jdk("candidate", version).toString());

    assertThat(run("scriptorium").output().startsWith("home candidate")).isEqualTo(taken);
  }

  @Test
  void javaInThePathIsFoundThroughItsLinks() throws Exception {
    build("client/java");
    Path links = Files.createDirectory(temporary.resolve("links"));
    Files.createSymbolicLink(links.resolve("java"), jdk("linked", "25.0.2").resolve("bin/java"));
    environment.put("PATH", links + ":/usr/bin:/bin");
    environment.put("JAVA_HOME", jdk("old", "17").toString());

    assertThat(run("scriptorium").output()).startsWith("home linked\n");
  }

  @Test
  void usualPlacesAreSearchedInOrder() throws Exception {
    build("server");
    environment.put(
        "SCRIPTORIUM_JDK_PLACES",
        temporary.resolve("nothing") + ":" + jdk("old", "21") + ":" + jdk("good one", "25"));

    Run run = run("scriptorium-server", "--help");

    assertThat(run.output()).startsWith("home good one\n").contains("argument -Xmx512m\n");
  }

  @Test
  void withoutAnyItSaysWhatToInstall() throws Exception {
    build("client/java");
    environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());

    Run run = run("scriptorium");

    assertThat(run.exitCode()).isEqualTo(127);
    assertThat(run.output())
        .startsWith("scriptorium: JDK 25 is needed and was not found.")
        .contains("old (version 17.0.15)")
        .contains("apt install");
  }

  @Test
  void whatIsNotBuiltSaysHowToBuildIt() throws Exception {
    environment.put("JAVA_HOME", jdk("good", "25").toString());

    Run run = run("scriptorium-worker", "run");

    assertThat(run.exitCode()).isEqualTo(127);
    assertThat(run.output().lines()).hasSize(1);
    assertThat(run.output())
        .startsWith("scriptorium-worker: not built yet; run: (cd '" + tree + "' && mvn ");
  }

  @Test
  void aLinkToTheLauncherWorksFromAnywhere() throws Exception {
    build("client/java");
    environment.put("JAVA_HOME", jdk("good", "25").toString());
    Path link =
        Files.createSymbolicLink(temporary.resolve("scr"), tree.resolve("ops/bin/scriptorium"));

    Run run = runFile(link, "list");

    assertThat(run.output())
        .startsWith("home good\n")
        .contains("argument " + tree + "/client/java/target/app/lib/*\n");
  }

  @Test
  void optionsOfTheUserComeAfterOurs() throws Exception {
    build("server");
    environment.put("JAVA_HOME", jdk("good", "25").toString());
    environment.put("SCRIPTORIUM_SERVER_OPTS", "-Xmx2g -Dx=y");

    assertThat(run("scriptorium-server").output())
        .containsSubsequence("argument -Xmx512m\n", "argument -Xmx2g\nargument -Dx=y\n");
  }

  @Test
  void aPipeIsNoTerminal() throws Exception {
    build("client/java");
    environment.put("JAVA_HOME", jdk("good", "25").toString());
    environment.put("LANG", "en_GB.UTF-8");

    assertThat(run("scriptorium").output())
        .contains("argument -Dscriptorium.terminal=\n")
        .contains("argument -Dscriptorium.locale=en_GB.UTF-8\n");
  }

  /** How a launcher ended. */
  private record Run(int exitCode, String output) {}
}
