/**
 * Builds the EPUB samples from their sources: chapters in a small mark-up, pictures drawn by code.
 * The same sources give the same bytes. Depends on the JDK alone.
 */
@NullMarked
package dev.scriptorium.samples.epub;

import org.jspecify.annotations.NullMarked;
