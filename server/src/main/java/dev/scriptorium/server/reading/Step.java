package dev.scriptorium.server.reading;

import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import java.time.Instant;

/**
 * A step of one device, checked.
 *
 * @param device who makes it
 * @param baseRevision what the device last saw, from 0
 * @param offset book offset in code points
 * @param eventAt when the reader was there; not later than the server's clock
 * @param policy what to do when another device moved since; never unspecified
 */
record Step(
    String device, long baseRevision, long offset, Instant eventAt, ConflictPolicy policy) {}
