package dev.scriptorium.worker.worker;

/** How the process ends. */
enum ExitCode {
  /** As asked. */
  OK(0, "ended as asked"),
  /** The command line makes no sense, or {@code try} had no result of a file. */
  USAGE(2, "the command line makes no sense, or try had no result of a file"),
  /** The server does not accept the key. */
  KEY_REFUSED(4, "no server accepts the key"),
  /** The work directory cannot be used. */
  WORK_DIRECTORY(15, "the work directory cannot be used, or another worker has it"),
  /** Runners cannot be shut in as far as is required. */
  SANDBOX(16, "runners cannot be shut in as --sandbox-required demands"),
  /** A defect, or runners that do not start. */
  INTERNAL(70, "a defect, or runners that do not start");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** What it tells, for the help. */
  String meaning() {
    return meaning;
  }

  /** For the operating system. */
  int number() {
    return number;
  }
}
