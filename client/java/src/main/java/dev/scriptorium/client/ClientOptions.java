package dev.scriptorium.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a server, and how patient to be with it.
 *
 * @param server where it listens
 * @param key secret API key, sent with every call; empty calls nobody's name
 * @param tls encrypt although the server is on this machine; elsewhere it is always encrypted
 * @param authorities PEM file with the certificates to trust; null: the Java runtime's
 * @param callTimeout deadline of one try of a call that is no stream
 * @param stallTimeout how long an upload or its answer may stand still
 * @param retry when to try again
 */
public record ClientOptions(
    ServerAddress server,
    String key,
    boolean tls,
    @Nullable Path authorities,
    Duration callTimeout,
    Duration stallTimeout,
    RetryPolicy retry) {

  /** Plaintext on loopback, TLS elsewhere; 30 s a call; {@link RetryPolicy#STANDARD}. */
  public static ClientOptions of(ServerAddress server, String key) {
    return new ClientOptions(
        server,
        key,
        !server.isLoopback(),
        null,
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        RetryPolicy.STANDARD);
  }

  public ClientOptions {
    if (!tls && !server.isLoopback()) {
      throw new IllegalArgumentException("a call to " + server + " has to be encrypted");
    }
    key = key.trim();
    if (!key.matches("[!-~]*")) {
      throw new IllegalArgumentException("an API key is one word of printable ASCII characters");
    }
  }

  /** The same with TLS, trusting the certificates of a PEM file; null: the Java runtime's. */
  public ClientOptions withTls(@Nullable Path authorityFile) {
    return new ClientOptions(server, key, true, authorityFile, callTimeout, stallTimeout, retry);
  }

  /** The same with another deadline for calls. */
  public ClientOptions withCallTimeout(Duration timeout) {
    return new ClientOptions(server, key, tls, authorities, timeout, stallTimeout, retry);
  }

  /** The same with another limit for an upload that stands still. */
  public ClientOptions withStallTimeout(Duration timeout) {
    return new ClientOptions(server, key, tls, authorities, callTimeout, timeout, retry);
  }

  /** The same with another policy. */
  public ClientOptions withRetry(RetryPolicy policy) {
    return new ClientOptions(server, key, tls, authorities, callTimeout, stallTimeout, policy);
  }

  Optional<Path> trusted() {
    return Optional.ofNullable(authorities);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ClientOptions[server=" + server + ", tls=" + tls + "]";
  }
}
