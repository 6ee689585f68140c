package dev.scriptorium.server.cache;

import com.google.protobuf.MessageLite;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One call that fetches a message, and those that wait for what it brings. Thread-safe. */
final class Flight {
  private final long stamp;
  private final CompletableFuture<Optional<MessageLite>> landing = new CompletableFuture<>();

  /**
   * @param stamp of the tags before it began
   */
  Flight(long stamp) {
    this.stamp = stamp;
  }

  long stamp() {
    return stamp;
  }

  void arrive(MessageLite value) {
    landing.complete(Optional.of(value));
  }

  /** Over, with or without a message. */
  void end() {
    landing.complete(Optional.empty());
  }

  /** What it brings; empty when it fails, for reasons that may be its caller's alone. */
  Optional<MessageLite> await() {
    return landing.join();
  }
}
