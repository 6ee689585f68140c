/**
 * Reading progress: a log of steps for each reader and book, a head for each device, and the
 * resolved head. May use {@code database} and {@code wire}, and no other feature.
 */
@NullMarked
package dev.scriptorium.server.reading;

import org.jspecify.annotations.NullMarked;
