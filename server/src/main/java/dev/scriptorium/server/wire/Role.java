package dev.scriptorium.server.wire;

/** What a key may be used for. */
public enum Role {
  /** Reads books and keeps progress. */
  READER,
  /** Also uploads, changes and deletes books. */
  LIBRARIAN,
  /** Also sees the system, its workers and all jobs. */
  OPERATOR,
  /** Takes jobs; sees nothing else. */
  WORKER;

  /** Whether what its users ask for is bounded; the others belong to the installation. */
  boolean isBounded() {
    return switch (this) {
      case READER, LIBRARIAN -> true;
      case OPERATOR, WORKER -> false;
    };
  }
}
