package dev.scriptorium.worker.pool;

import java.util.Optional;

/** What ended a runner. The names are those of the API. */
public enum Cause {
  /** The Java heap was exhausted, or another part of the JVM's memory with a limit. */
  OOM_HEAP,
  /** The memory for direct buffers was exhausted. */
  OOM_DIRECT,
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
  private static final int OUT_OF_BUFFERS = 4;
  private static final int SIGNALLED = 128;
  private static final int HUNG_UP = SIGNALLED + 1;
  private static final int INTERRUPTED = SIGNALLED + 2;
  private static final int KILLED = SIGNALLED + 9;
  private static final int TERMINATED = SIGNALLED + 15;

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
    if (exitCode == OUT_OF_BUFFERS) {
      return OOM_DIRECT;
    }
    if (ownKill.isPresent() && exitCode > SIGNALLED) {
      // A JVM that crashes writes between the frames, and is killed for that as well.
      return errorFile ? NATIVE_CRASH : ownKill.get();
    }
    if (exitCode == KILLED && oomKill) {
      return OOM_CGROUP;
    }
    return switch (exitCode) {
      case KILLED, TERMINATED, INTERRUPTED, HUNG_UP -> SIGNAL;
      // Of the other signals none comes from an operator.
      default -> errorFile || exitCode > SIGNALLED ? NATIVE_CRASH : EXIT;
    };
  }
}
