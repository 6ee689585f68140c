/**
 * The language in which books are chosen: read from text, with errors that say where, and written
 * as conditions of SQL with parameters. Knows no database; may use {@code wire}.
 */
@NullMarked
package dev.scriptorium.server.catalog.filter;

import org.jspecify.annotations.NullMarked;
