/**
 * The worker: the process that holds the streams to the servers, takes offers within its means,
 * fetches inputs and stores results. It parses nothing itself; runners of the {@code pool} do.
 */
@NullMarked
package dev.scriptorium.worker.worker;

import org.jspecify.annotations.NullMarked;
