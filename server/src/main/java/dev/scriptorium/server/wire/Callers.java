package dev.scriptorium.server.wire;

import java.util.Optional;

/** Finds who has a credential. Thread-safe. */
public interface Callers {
  /**
   * Who has this key or token; empty when it is malformed, unknown, expired or revoked. May ask the
   * database.
   */
  Optional<Caller> caller(String credential);

  /** The same from memory alone; empty also when it is not known now. */
  default Optional<Caller> remembered(String credential) {
    return Optional.empty();
  }
}
