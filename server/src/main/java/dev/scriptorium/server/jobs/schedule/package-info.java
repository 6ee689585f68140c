/**
 * The scheduler's rules as a pure state machine: which job runs next and where, what follows an
 * attempt's end, who waits for whom. No threads, no SQL, no clock: time comes in as a parameter,
 * and what is to be done comes out as effects. Depends on the JDK alone.
 *
 * <p>{@code Scheduler} is the door; behind it {@code Board} holds everything that is remembered and
 * moves jobs from one place to another. A committed job is in exactly one of these places:
 *
 * <ul>
 *   <li>blocked, until the jobs it waits for have succeeded ({@code Dependencies});
 *   <li>delayed, until its time has come ({@code Delays});
 *   <li>parked with its key, until the key lets it through ({@code Keys});
 *   <li>in a line, until a worker gets it ({@code ReadyQueue}: {@code Level} by tier and priority,
 *       {@code Line} by kind of work and memory, {@code Turn} by owner);
 *   <li>offered or running ({@code Run}, in a {@code Seat} and on the {@code Watchlist}).
 * </ul>
 *
 * <p>{@code Matcher} asks for each worker with room, the least busy first, which line's turn it is.
 * Lines are closed as a whole: for a kind's limit or a breaker ({@code Kind}, {@code Breakers}),
 * for memory ({@code SizeClass}, {@code Learned}), or because a larger job was promised the worker
 * ({@code Backfill}). A worker for which nothing was found is not asked again before something has
 * changed. So a decision costs about as many steps as there are lines, and never depends on how
 * many jobs wait.
 *
 * <p>Times are microseconds and lists are intrusive because a million jobs may wait and a job's
 * whole life must cost about a microsecond.
 */
@NullMarked
package dev.scriptorium.server.jobs.schedule;

import org.jspecify.annotations.NullMarked;
