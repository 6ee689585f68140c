package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumException;
import dev.scriptorium.v1.Book;

/** What happens to one file of an import; {@code file} is its index in the list. */
sealed interface ImportEvent {
  int file();

  /** True when the event only says that the user stopped the import. */
  default boolean isInterruption() {
    return this instanceof Refused refused
        && refused.reason().equals(ScriptoriumException.INTERRUPTED);
  }

  /** Bytes were handed to the connection. */
  record Sent(int file, long sentBytes, long totalBytes) implements ImportEvent {}

  /** The server has the file. */
  record Stored(int file, Book book, boolean duplicate) implements ImportEvent {}

  /** The import went on. */
  record Advanced(int file, Book book, String activity) implements ImportEvent {}

  /** The connection broke; it is being taken up again. */
  record Lost(int file) implements ImportEvent {}

  /** Nothing more is to come: the import has ended, or nobody wants to wait for it. */
  record Finished(int file) implements ImportEvent {}

  /** The file is not imported. */
  record Refused(int file, String reason, String message, int exitCode) implements ImportEvent {
    static Refused of(int file, ScriptoriumException error) {
      return new Refused(file, error.reason(), error.getMessage() + limit(error), error.exitCode());
    }

    private static String limit(ScriptoriumException error) {
      String limit = error.metadata().getOrDefault("limit_bytes", "");
      boolean told = limit.isEmpty() || String.valueOf(error.getMessage()).contains(limit);
      return told ? "" : " (limit " + limit + " bytes)";
    }
  }
}
