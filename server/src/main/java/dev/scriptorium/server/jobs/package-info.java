/**
 * Jobs, attempts and outcomes: the append-only ledger and the rules on it. May use blob, cache,
 * database, telemetry and wire, and no other feature.
 */
@NullMarked
package dev.scriptorium.server.jobs;

import org.jspecify.annotations.NullMarked;
