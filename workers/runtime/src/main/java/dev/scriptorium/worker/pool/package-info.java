/**
 * The runners of a worker as processes: starting, shutting in, watching, recycling, and saying why
 * one ended. Knows neither servers nor plugins; depends on {@code frame} and the wire messages.
 */
@NullMarked
package dev.scriptorium.worker.pool;

import org.jspecify.annotations.NullMarked;
