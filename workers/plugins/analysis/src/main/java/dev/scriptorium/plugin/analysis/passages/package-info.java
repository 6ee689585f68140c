/**
 * Makes passages of the paragraphs that the members find worth it, and settles their priorities for
 * the whole book. Depends on {@code members} and {@code text} alone.
 */
@NullMarked
package dev.scriptorium.plugin.analysis.passages;

import org.jspecify.annotations.NullMarked;
