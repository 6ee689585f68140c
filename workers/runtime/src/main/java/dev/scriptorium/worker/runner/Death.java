package dev.scriptorium.worker.runner;

import org.slf4j.LoggerFactory;

/** The ways in which a runner ends. None runs shutdown hooks: a plugin's could hang. */
final class Death {
  private static final int OUT_OF_MEMORY = 3;
  private static final int OUT_OF_BUFFERS = 4;
  private static final int BROKEN = 70;

  private Death() {}

  /** The worker has closed the pipe, or is gone: nobody wants what is under way. */
  static void workerGone() {
    Runtime.getRuntime().halt(0);
  }

  /** The runner cannot go on. */
  static void broken() {
    Runtime.getRuntime().halt(BROKEN);
  }

  /**
   * Memory is exhausted, on the heap or outside. The JVM's own flag ends the process only for the
   * heap; after any such error nothing that was in memory can be trusted.
   */
  static void outOfMemory(OutOfMemoryError error) {
    // The exit code must be set even when there is no memory left to say why.
    int exitCode = OUT_OF_MEMORY;
    try {
      String message = String.valueOf(error.getMessage());
      if (message.contains("direct buffer memory")) {
        exitCode = OUT_OF_BUFFERS;
      }
      System.err.println("out of memory: " + message);
    } finally {
      Runtime.getRuntime().halt(exitCode);
    }
  }

  /** Ends the runner when memory is at the root of a failure. */
  static void ifOutOfMemory(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 32; depth++, cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError error) {
        outOfMemory(error);
      }
    }
  }

  /** For threads that a plugin started. */
  static void uncaught(Thread thread, Throwable failure) {
    ifOutOfMemory(failure);
    LoggerFactory.getLogger(Death.class).error("thread {} ended", thread.getName(), failure);
  }
}
