package dev.scriptorium.loadtest.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A server that other machines can reach, with a certificate for its name; worker and command find
 * it by that name, which has several addresses.
 */
class TlsIT {
  private static final String HOST = "scriptorium.test";
  private static final Duration BOUND = Duration.ofSeconds(60);

  @SuppressWarnings("NullAway.Init")
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static SelfSigned certificate;

  @SuppressWarnings("NullAway.Init")
  private static SystemProcess server;

  private static String port = "";

  @BeforeAll
  static void start() throws Exception {
    folder = Installation.newFolder("tls");
    certificate = SelfSigned.of(HOST, folder);
    List<String> hosts = new ArrayList<>(List.of("127.0.0.1 " + HOST));
    ownAddress().ifPresent(address -> hosts.add(address + " " + HOST));
    Files.write(folder.resolve("hosts"), hosts);
    server =
        SystemProcess.start(
            "server",
            Installation.find()
                .server(
                    List.of(
                        "--listen",
                        "0.0.0.0:0",
                        "--data-dir",
                        folder.resolve("data").toString(),
                        "--tls-cert",
                        certificate.certificate().toString(),
                        "--tls-key",
                        certificate.key().toString())),
            folder.resolve("server.log"));
    Path ready = folder.resolve("data/server.address");
    Await.until("the server's start", BOUND, () -> !Files.readString(ready).isBlank());
    port = Files.readString(ready).strip().replaceFirst(".*:", "");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    FileTree.delete(folder.resolve("data"));
  }

  @Test
  void aBookIsImportedOverTls() throws IOException {
    Path sample = Installation.find().samples().getFirst();
    try (SystemProcess worker =
        worker("good", HOST, "--tls-ca", certificate.certificate().toString())) {
      Await.until("the worker's connection", BOUND, () -> worker.log().contains("connected to"));

      SystemProcess command = command("import", sample.toString());

      assertThat(command.awaitExit()).as(command.log()).isZero();
      assertThat(worker.log()).contains("TLS");
    }
  }

  @Test
  void aWorkerThatDoesNotKnowTheAuthoritySaysSo() throws IOException {
    try (SystemProcess worker = worker("stranger", HOST, "--tls")) {
      Await.until(
          "a complaint", BOUND, () -> worker.log().contains("unable to find valid certification"));
    }
  }

  @Test
  void aServerWithAnotherNameIsNotBelieved() throws IOException {
    try (SystemProcess worker =
        worker("misled", "localhost", "--tls-ca", certificate.certificate().toString())) {
      Await.until(
          "a complaint", BOUND, () -> worker.log().contains("No subject alternative DNS name"));
    }
  }

  @Test
  void plaintextToAnotherMachineIsRefused() throws IOException {
    try (SystemProcess worker = worker("plain", HOST)) {
      assertThat(worker.awaitExit()).isEqualTo(2);
      assertThat(worker.log()).contains(HOST).contains("--tls-ca");
    }
  }

  private static SystemProcess worker(String name, String host, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run", "--server", host + ":" + port));
    arguments.addAll(List.of("--key-file", folder.resolve("data/keys/worker.key").toString()));
    arguments.addAll(List.of("--work-dir", folder.resolve("work-" + name).toString()));
    arguments.addAll(List.of("--runners", "1", "--no-aot-cache"));
    arguments.addAll(List.of(options));
    List<String> command = new ArrayList<>(Installation.find().worker(arguments));
    command.add(1, "-Djdk.net.hosts.file=" + folder.resolve("hosts"));
    return SystemProcess.start("worker", command, folder.resolve(name + ".log"));
  }

  /** The command as a user starts it. */
  private static SystemProcess command(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("env", "SCRIPTORIUM_OPTS=-Djdk.net.hosts.file=" + folder.resolve("hosts")));
    line.add(Installation.find().root().resolve("ops/bin/scriptorium").toString());
    line.addAll(List.of(arguments));
    line.addAll(List.of("--server", HOST + ":" + port));
    line.addAll(List.of("--ca-file", certificate.certificate().toString()));
    line.addAll(List.of("--key-file", folder.resolve("data/keys/operator.key").toString()));
    return SystemProcess.start("command", line, folder.resolve("command.log"));
  }

  /** An address by which other machines know this one; empty without a network. */
  private static Optional<String> ownAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .findFirst();
  }
}
