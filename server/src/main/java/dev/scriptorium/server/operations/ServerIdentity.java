package dev.scriptorium.server.operations;

import java.time.Instant;

/**
 * The server that answers.
 *
 * @param name distinguishes it from others on the same database
 * @param version of the program
 * @param startedAt when it started
 */
public record ServerIdentity(String name, String version, Instant startedAt) {}
