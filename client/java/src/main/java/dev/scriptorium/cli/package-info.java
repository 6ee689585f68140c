/**
 * The {@code scriptorium} command. Every command is a class that asks the client library and prints
 * for people or, with {@code --json}, for programs. May use {@code dev.scriptorium.client} and the
 * generated messages; nothing may use it.
 */
@NullMarked
package dev.scriptorium.cli;

import org.jspecify.annotations.NullMarked;
