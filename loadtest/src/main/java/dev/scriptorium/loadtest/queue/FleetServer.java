package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.system.LoneServer;
import dev.scriptorium.loadtest.system.SystemProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server takes of the machine. */
final class FleetServer {
  private static final Pattern HEAP = Pattern.compile("(?:heap|total).*used (\\d+)K");

  private final LoneServer server;

  /**
   * At one moment.
   *
   * @param cpuMicros processor time since its start
   * @param residentBytes of its process
   * @param heapBytes in use, garbage included; 0 when it does not say
   */
  record Use(long cpuMicros, long residentBytes, long heapBytes) {}

  FleetServer(LoneServer server) {
    this.server = server;
  }

  Use use() throws IOException {
    long pid = server.process().pid();
    return new Use(Processors.micros(pid), SystemProcess.residentBytes(pid), heap(pid));
  }

  private static long heap(long pid) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.heap_info")
            .redirectErrorStream(true)
            .start();
    String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher used = HEAP.matcher(text);
    return used.find() ? Long.parseLong(used.group(1)) * 1024 : 0;
  }
}
