package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumException;

/** What a user can do about an error. */
final class Advice {
  private Advice() {}

  /** Ends the error's sentence; empty when the message says all. */
  static String after(ScriptoriumException error) {
    return switch (error.reason()) {
      case ScriptoriumException.SERVER_UNREACHABLE ->
          "; start one with scriptorium-server, or name another with --server HOST:PORT";
      case "API_KEY_INVALID", "UNAUTHENTICATED" ->
          "; give a valid key with --key-file FILE, or run 'scriptorium login'";
      case "ROLE_NOT_ALLOWED" -> "; use the key of a librarian or an operator";
      case "BOOK_NOT_FOUND" -> "; see 'scriptorium list'";
      case "COLLECTION_NOT_FOUND" -> "; see 'scriptorium collections'";
      case "ENTITY_NOT_FOUND" -> "; see 'scriptorium entities BOOK'";
      case "BOOK_NOT_READABLE" -> "; see 'scriptorium show BOOK' for how far the import is";
      case "CHAPTER_NOT_FOUND" -> "; see 'scriptorium show BOOK' for its chapters";
      case "DISK_FULL" -> "; free space on the server's disk, then try again";
      case "JOB_NOT_FOUND" -> "; see 'scriptorium jobs'";
      case "WORKER_NOT_FOUND" -> "; see 'scriptorium fleet'";
      case "SCHEDULE_NOT_FOUND" -> "; see 'scriptorium jobs schedule list'";
      case "BACKLOG_FULL" -> "; see 'scriptorium jobs queue' for what holds the queue up";
      case "OVERLOADED" -> "; try again in a moment";
      default -> "";
    };
  }
}
