/**
 * Reads the records of a chaos run and says which promises were broken. Knows the formats of the
 * records and nothing of how they came to be.
 */
@NullMarked
package dev.scriptorium.loadtest.chaos.check;

import org.jspecify.annotations.NullMarked;
