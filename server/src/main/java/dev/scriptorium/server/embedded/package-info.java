/**
 * Real Postgres and Redis started as children of the server, for a start without any set-up. The
 * programs die with the server, even when it is killed, and are started again when they die alone.
 * Knows no feature; the one place besides {@code database} that may use {@code java.sql}.
 */
@NullMarked
package dev.scriptorium.server.embedded;

import org.jspecify.annotations.NullMarked;
