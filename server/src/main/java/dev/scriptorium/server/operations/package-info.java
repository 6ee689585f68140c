/**
 * What the system says of itself. Asks the other features through the functions it is given; may
 * use wire, and no other feature.
 */
@NullMarked
package dev.scriptorium.server.operations;

import org.jspecify.annotations.NullMarked;
