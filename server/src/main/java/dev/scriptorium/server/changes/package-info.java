/**
 * The feed of changes. Who changes something does not know of it: triggers in the database write
 * its rows. May use {@code database} and {@code wire}, and no other feature.
 */
@NullMarked
package dev.scriptorium.server.changes;

import org.jspecify.annotations.NullMarked;
