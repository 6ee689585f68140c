package dev.scriptorium.worker.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How often the kernel has killed a process here for want of memory. */
final class CgroupKills {
  private static final Path MACHINE = Path.of("/proc/vmstat");
  private static final Optional<Cgroup> GROUP = Cgroup.own();

  private CgroupKills() {}

  /**
   * The count so far, of this control group; of the whole machine where no group can be seen; 0
   * where the system does not tell.
   */
  static long count() {
    return GROUP.map(group -> group.oomKills().orElse(0)).orElseGet(CgroupKills::ofMachine);
  }

  private static long ofMachine() {
    try (var lines = Files.lines(MACHINE)) {
      return lines
          .filter(line -> line.startsWith("oom_kill "))
          .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length()).strip()))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      // Not Linux: the kill is then reported as a signal.
      return 0;
    }
  }
}
