package dev.scriptorium.server.jobs;

/** Says in one line why something failed. */
final class RootCause {
  private RootCause() {}

  /** The message of the innermost cause, without the statement that met it. */
  static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}
