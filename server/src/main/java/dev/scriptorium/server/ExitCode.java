package dev.scriptorium.server;

/** What the process' exit code says. */
enum ExitCode {
  OK(0),
  USAGE(2),
  PORT_TAKEN(10),
  DATA_DIR_IN_USE(11),
  DATABASE_UNREACHABLE(12),
  EMBEDDED_FAILED(13),
  DISK_FULL(14),
  DATA_DIR_UNUSABLE(15),
  INTERNAL(70);

  private final int value;

  ExitCode(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }
}
