package dev.scriptorium.worker.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How full the memory of the machine and of the container is, whoever fills it. */
public final class MachineMemory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Optional<Cgroup> GROUP = Cgroup.own();

  private MachineMemory() {}

  /** The part in use, 0 to 1: the larger of the machine's and the control group's. */
  public static double used() {
    double group = GROUP.map(g -> g.used().orElse(0)).orElse(0.0);
    return Math.max(group, ofMachine());
  }

  private static double ofMachine() {
    Map<String, Long> figures = new HashMap<>();
    try (var lines = Files.lines(MEMINFO)) {
      lines
          .filter(line -> line.startsWith("Mem"))
          .forEach(
              line ->
                  figures.put(
                      line.substring(0, line.indexOf(':')),
                      Long.parseLong(line.replaceAll("\\D", ""))));
    } catch (IOException e) {
      // Not Linux: then only what our own processes take is known.
      return 0;
    }
    long total = figures.getOrDefault("MemTotal", 0L);
    return total == 0 ? 0 : 1 - (double) figures.getOrDefault("MemAvailable", total) / total;
  }
}
