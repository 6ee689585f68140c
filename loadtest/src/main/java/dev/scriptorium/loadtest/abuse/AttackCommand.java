package dev.scriptorium.loadtest.abuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One attack, in a process of its own: what it costs the attacker is not the readers' time. */
@Command(
    name = "attack",
    hidden = true,
    description = "Attacks a server on this machine for a while, as a part of the scenario abuse.")
public final class AttackCommand implements Callable<Integer> {
  @Option(names = "--server", required = true, description = "HOST:PORT, on loopback.")
  private String server = "";

  @Option(names = "--key-file", required = true, description = "A key that may upload.")
  private Path keyFile = Path.of("");

  @Option(names = "--kind", required = true, description = "One of ${COMPLETION-CANDIDATES}.")
  private Attack kind = Attack.WRONG_KEYS;

  @Option(names = "--seconds", required = true, description = "How long.")
  private int seconds;

  @Override
  public Integer call() throws IOException {
    Endings endings = new Endings();
    try (Attacker attacker =
        new Attacker(
            server, Files.readString(keyFile).strip(), endings, Duration.ofSeconds(seconds))) {
      attacker.attack(kind);
      new PrintWriter(System.out, true, UTF_8).println(endings);
    }
    return 0;
  }
}
