package dev.scriptorium.worker.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process occupies. */
final class OwnMemory {
  private OwnMemory() {}

  /** Resident memory in bytes; 0 when the system does not tell. */
  static long residentBytes() {
    return bytes("VmRSS:");
  }

  /** Most resident memory since the process began, in bytes; 0 when the system does not tell. */
  static long peakBytes() {
    return bytes("VmHWM:");
  }

  private static long bytes(String name) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(name)) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      // No such file outside Linux: the figure is for display, so unknown will do.
      return 0;
    }
    return 0;
  }
}
