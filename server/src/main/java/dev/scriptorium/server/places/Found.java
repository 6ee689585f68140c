package dev.scriptorium.server.places;

/**
 * Where a place that was sent is in the canonical text.
 *
 * @param offset in the book, in code points
 * @param exact true when the place names this offset and no other
 */
record Found(long offset, boolean exact) {}
