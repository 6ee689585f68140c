/**
 * Finds names by capital letters and their company, chapter by chapter, and merges them into the
 * characters and places of a whole book. Depends on {@code text} alone.
 */
@NullMarked
package dev.scriptorium.plugin.analysis.names;

import org.jspecify.annotations.NullMarked;
