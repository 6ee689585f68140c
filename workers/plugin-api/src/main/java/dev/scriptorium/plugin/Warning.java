package dev.scriptorium.plugin;

/**
 * Something left out or repaired.
 *
 * @param reason UPPER_SNAKE name
 * @param place spine item, page or element
 * @param message one sentence
 */
public record Warning(String reason, String place, String message) {}
