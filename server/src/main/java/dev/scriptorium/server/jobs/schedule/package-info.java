/**
 * The scheduler's rules as a pure state machine: which job runs next and where, what follows an
 * attempt's end, who waits for whom. No threads, no SQL, no clock: time comes in as a parameter,
 * and what is to be done comes out as effects. Depends on the JDK alone.
 */
@NullMarked
package dev.scriptorium.server.jobs.schedule;

import org.jspecify.annotations.NullMarked;
