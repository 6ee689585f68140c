package dev.scriptorium.worker.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Memory of a process as the kernel counts it.
 *
 * @param residentBytes now
 * @param peakBytes most since the process began
 */
public record ProcessMemory(long residentBytes, long peakBytes) {

  /** Reads it; empty when the process is gone, or the system has no such file. */
  public static Optional<ProcessMemory> of(long pid) {
    long resident = 0;
    long peak = 0;
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith("VmRSS:")) {
          resident = kibibytes(line);
        } else if (line.startsWith("VmHWM:")) {
          peak = kibibytes(line);
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    // A process that has ended but was not waited for has a status without memory.
    return resident == 0 ? Optional.empty() : Optional.of(new ProcessMemory(resident, peak));
  }

  private static long kibibytes(String line) {
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }
}
