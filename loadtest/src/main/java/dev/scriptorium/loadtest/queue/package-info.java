/**
 * Measures the queue: how many jobs a second, how soon one starts, and what is left behind, side by
 * side with other ways to keep a queue in the same Postgres.
 */
@NullMarked
package dev.scriptorium.loadtest.queue;

import org.jspecify.annotations.NullMarked;
