package dev.scriptorium.server.identity;

import java.time.Duration;

/**
 * @param loginLasts how long the token of a login is good; at least a second
 * @param failuresPerMinute most failed attempts of one address, or for one user; at least 1
 */
public record IdentitySettings(Duration loginLasts, int failuresPerMinute) {
  /** Checks the ranges. */
  public IdentitySettings {
    if (loginLasts.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("--login-lasts is " + loginLasts + ": at least 1s");
    }
    if (failuresPerMinute < 1) {
      throw new IllegalArgumentException(
          "--failures-per-minute is " + failuresPerMinute + ": at least 1");
    }
  }
}
