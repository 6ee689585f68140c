/** Measures what passes over the wire. Knows no feature. */
@NullMarked
package dev.scriptorium.server.telemetry;

import org.jspecify.annotations.NullMarked;
