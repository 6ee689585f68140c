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

  /**
   * Whether it was good when it was last looked up, as far as is known from memory: then it is
   * worth another look, however many wrong ones come from the same address.
   */
  default boolean familiar(String credential) {
    return false;
  }
}
