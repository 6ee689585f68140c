package dev.scriptorium.loadtest.chaos.check;

/**
 * A promise that was broken.
 *
 * @param invariant for example {@code I2}
 * @param message what was found, with the ids
 */
public record Violation(String invariant, String message) {}
