package dev.scriptorium.worker.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The control group of this process, as far as memory is concerned, version 1 or 2. Immutable. */
final class Cgroup {
  private static final Path MEMBERSHIP = Path.of("/proc/self/cgroup");
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final long UNLIMITED = 1L << 60;

  private final Path folder;
  private final boolean second;

  private Cgroup(Path folder, boolean second) {
    this.folder = folder;
    this.second = second;
  }

  /** The group; empty where there is none, or none that can be seen. */
  static Optional<Cgroup> own() {
    try {
      for (String line : Files.readAllLines(MEMBERSHIP)) {
        String[] parts = line.split(":", 3);
        if (parts.length == 3 && parts[1].equals("memory")) {
          return at(ROOT.resolve("memory"), parts[2], "memory.oom_control", false);
        }
        if (parts.length == 3 && parts[0].equals("0")) {
          Optional<Cgroup> group = at(ROOT, parts[2], "memory.events", true);
          if (group.isPresent()) {
            return group;
          }
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      // Not Linux, or not visible from here.
      return Optional.empty();
    }
  }

  private static Optional<Cgroup> at(Path root, String group, String proof, boolean second) {
    Path own = root.resolve(group.substring(1));
    if (Files.exists(own.resolve(proof))) {
      return Optional.of(new Cgroup(own, second));
    }
    // In a container the group's own folder is mounted as the root.
    return Files.exists(root.resolve(proof))
        ? Optional.of(new Cgroup(root, second))
        : Optional.empty();
  }

  /** Processes of the group that the kernel has killed for want of memory. */
  OptionalLong oomKills() {
    return field(second ? "memory.events" : "memory.oom_control", "oom_kill");
  }

  /** Part of the group's limit that is in use, file cache that can go not counted. */
  OptionalDouble used() {
    OptionalLong limit = number(second ? "memory.max" : "memory.limit_in_bytes");
    OptionalLong usage = number(second ? "memory.current" : "memory.usage_in_bytes");
    if (limit.isEmpty() || usage.isEmpty() || limit.getAsLong() > UNLIMITED) {
      return OptionalDouble.empty();
    }
    long cache = field("memory.stat", second ? "inactive_file" : "total_inactive_file").orElse(0);
    return OptionalDouble.of((double) Math.max(0, usage.getAsLong() - cache) / limit.getAsLong());
  }

  private OptionalLong number(String file) {
    try {
      String text = Files.readString(folder.resolve(file)).strip();
      return text.matches("[0-9]{1,18}")
          ? OptionalLong.of(Long.parseLong(text))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong field(String file, String name) {
    try {
      List<String> lines = Files.readAllLines(folder.resolve(file));
      return lines.stream()
          .filter(line -> line.startsWith(name + " "))
          .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
