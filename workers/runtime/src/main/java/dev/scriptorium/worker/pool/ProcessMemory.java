package dev.scriptorium.worker.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory of a process as the kernel counts it.
 *
 * @param residentBytes now
 * @param peakBytes most since the process began
 */
public record ProcessMemory(long residentBytes, long peakBytes) {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessMemory.class);

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

  /** Resident memory of this process, in bytes; 0 when unknown. */
  public static long ofThisProcess() {
    return of(ProcessHandle.current().pid()).map(ProcessMemory::residentBytes).orElse(0L);
  }

  /** Begins to count the peak anew from what is resident now; without effect where not allowed. */
  static void forgetPeak(long pid) {
    try {
      Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
    } catch (IOException e) {
      LOG.trace("the peak of {} stays: {}", pid, e.toString());
    }
  }

  private static long kibibytes(String line) {
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }
}
