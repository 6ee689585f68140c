/**
 * Deterministic simulation of the job system: several servers with the real rules, workers, clients
 * and a ledger in one thread, with faults at every step. Everything follows from one seed. And a
 * simulated fleet of workers against one real server. May use the server's queue.
 */
@NullMarked
package dev.scriptorium.loadtest.simulate;

import org.jspecify.annotations.NullMarked;
