/**
 * Places in books: the positions by which a book is counted, and the way between its canonical text
 * and the forms of reader apps. Uses {@code catalog} to read books and their source maps, {@code
 * dev.scriptorium.positions} for what those say, and {@code wire}.
 */
@NullMarked
package dev.scriptorium.server.places;

import org.jspecify.annotations.NullMarked;
