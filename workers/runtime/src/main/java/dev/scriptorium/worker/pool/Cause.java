package dev.scriptorium.worker.pool;

import java.util.Optional;

/** What ended a runner. The names are those of the API. */
public enum Cause {
  /** The Java heap, or memory for direct buffers, was exhausted. */
  OOM_HEAP,
  /** Its resident memory went above the cap, and the worker killed it. */
  OOM_RSS,
  /** The kernel killed it, because the control group's memory was exhausted. */
  OOM_CGROUP,
  /** It gave no sign of life, and the worker killed it. */
  STALL,
  /** The attempt's time was over, and the worker killed it. */
  TIMEOUT,
  /** A signal from outside. */
  SIGNAL,
  /** The JVM or a native library crashed. */
  NATIVE_CRASH,
  /** It ended by itself. */
  EXIT;

  private static final int OUT_OF_MEMORY = 3;
  private static final int SIGNALLED = 128;
  private static final int ABORTED = SIGNALLED + 6;
  private static final int KILLED = SIGNALLED + 9;
  private static final int SEGMENT = SIGNALLED + 11;

  /**
   * Tells what ended a process.
   *
   * @param exitCode as the shell has it: 128 + n for signal n
   * @param ownKill why the worker itself killed it, if it did
   * @param errorFile true when the JVM wrote a fatal error log
   * @param oomKill true when the control group's count of killed processes rose meanwhile
   */
  static Cause of(int exitCode, Optional<Cause> ownKill, boolean errorFile, boolean oomKill) {
    if (exitCode == OUT_OF_MEMORY) {
      return OOM_HEAP;
    }
    if (ownKill.isPresent() && exitCode > SIGNALLED) {
      return ownKill.get();
    }
    if (exitCode == KILLED) {
      return oomKill ? OOM_CGROUP : SIGNAL;
    }
    if (errorFile || exitCode == ABORTED || exitCode == SEGMENT) {
      return NATIVE_CRASH;
    }
    return exitCode > SIGNALLED ? SIGNAL : EXIT;
  }
}
