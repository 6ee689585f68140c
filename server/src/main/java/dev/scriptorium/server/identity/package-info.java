/**
 * Who may do what: accounts, API keys and the roles each method asks for. May use blob, cache,
 * database, telemetry and wire, and no other feature.
 */
@NullMarked
package dev.scriptorium.server.identity;

import org.jspecify.annotations.NullMarked;
