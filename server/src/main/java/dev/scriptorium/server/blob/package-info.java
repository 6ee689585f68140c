/**
 * Files of the system: content-addressed, immutable, durable before anything refers to them. Knows
 * no feature.
 */
@NullMarked
package dev.scriptorium.server.blob;

import org.jspecify.annotations.NullMarked;
