/**
 * Judges paragraphs: whether one describes something that could be drawn, what it is, and how much
 * it deserves a picture. Depends on {@code text} alone.
 */
@NullMarked
package dev.scriptorium.plugin.analysis.passages;

import org.jspecify.annotations.NullMarked;
