package dev.scriptorium.worker.worker;

/** How the process ends. */
enum ExitCode {
  /** As asked. */
  OK(0),
  /** The command line makes no sense, or {@code try} failed on the file. */
  USAGE(2),
  /** The server does not accept the key. */
  KEY_REFUSED(4),
  /** The work directory cannot be used. */
  WORK_DIRECTORY(15),
  /** A defect, or runners that do not start. */
  INTERNAL(70);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** For the operating system. */
  int number() {
    return number;
  }
}
