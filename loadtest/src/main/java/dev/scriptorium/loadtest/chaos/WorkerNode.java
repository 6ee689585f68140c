package dev.scriptorium.loadtest.chaos;

import dev.scriptorium.loadtest.proxy.FaultProxy;
import dev.scriptorium.loadtest.system.Installation;
import dev.scriptorium.loadtest.system.SystemProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** One worker with a link to every server. Thread-safe. */
final class WorkerNode implements AutoCloseable {
  /** Runners that it keeps. */
  static final int RUNNERS = 2;

  private final Installation installation;
  private final String name;
  private final Path folder;
  private final List<FaultProxy> links = new ArrayList<>();
  private final List<String> arguments;
  private volatile SystemProcess process;

  WorkerNode(
      Installation installation,
      String name,
      Path folder,
      List<ServerNode> servers,
      RandomGenerator random)
      throws IOException {
    this.installation = installation;
    this.name = name;
    this.folder = folder;
    for (ServerNode server : servers) {
      links.add(ServerNode.proxy(name + " to " + server.name(), server.port(), random));
    }
    arguments =
        List.of(
            "run",
            "--server",
            String.join(",", links.stream().map(FaultProxy::address).toList()),
            "--key-file",
            servers.getFirst().keyFile("worker").toString(),
            "--work-dir",
            folder.resolve("work").toString(),
            "--name",
            name,
            "--runners",
            Integer.toString(RUNNERS),
            // Traces and process numbers of runners have to be those of the outside.
            "--sandbox",
            "setpriv",
            "--runner-heap",
            "96m",
            "--plugins",
            installation.chaosPlugin().toString());
    Files.createDirectories(folder);
    process = launch();
  }

  String name() {
    return name;
  }

  SystemProcess process() {
    return process;
  }

  List<FaultProxy> links() {
    return links;
  }

  /** Its runners: the JVMs below it. */
  List<ProcessHandle> runners() {
    return process.children("java");
  }

  /** Starts it again, without waiting. */
  synchronized void restart() throws IOException {
    if (!process.alive()) {
      process = launch();
    }
  }

  Path jobs() {
    return folder.resolve("work/jobs");
  }

  Path log() {
    return folder.resolve("worker.log");
  }

  @Override
  public void close() throws IOException {
    process.close();
    for (FaultProxy link : links) {
      link.close();
    }
  }

  private SystemProcess launch() throws IOException {
    return installation.startBareWorker(name, ServerNode.SOON_READY, arguments, log());
  }
}
