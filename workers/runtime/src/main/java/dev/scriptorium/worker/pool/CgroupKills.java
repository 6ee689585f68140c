package dev.scriptorium.worker.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How often the kernel has killed a process of this control group for want of memory. */
final class CgroupKills {
  private static final Path MEMBERSHIP = Path.of("/proc/self/cgroup");
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  private CgroupKills() {}

  /** The count so far; 0 where the system does not tell. */
  static long count() {
    try {
      for (String line : Files.readAllLines(MEMBERSHIP)) {
        String[] parts = line.split(":", 3);
        if (parts.length == 3 && parts[1].equals("memory")) {
          return read(ROOT.resolve("memory"), parts[2], "memory.oom_control");
        }
        if (parts.length == 3 && parts[0].equals("0") && Files.exists(v2Root(parts[2]))) {
          return read(ROOT, parts[2], "memory.events");
        }
      }
      return 0;
    } catch (IOException e) {
      // Not Linux, or not visible from here: the kill is then reported as a signal.
      return 0;
    }
  }

  private static Path v2Root(String group) {
    return ROOT.resolve(group.substring(1)).resolve("memory.events");
  }

  private static long read(Path root, String group, String file) throws IOException {
    Path own = root.resolve(group.substring(1)).resolve(file);
    // In a container the group's own folder is mounted as the root.
    List<String> lines = Files.readAllLines(Files.exists(own) ? own : root.resolve(file));
    for (String line : lines) {
      if (line.startsWith("oom_kill ")) {
        return Long.parseLong(line.substring("oom_kill ".length()).strip());
      }
    }
    return 0;
  }
}
