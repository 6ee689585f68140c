/**
 * Finds what is in a book: described passages, characters and places. {@code text} reads a chapter
 * into sentences, tokens and quotations, {@code passages} judges its paragraphs, {@code names}
 * finds and merges names; this package ties them to the jobs {@code analyze} and {@code summarize}.
 */
@NullMarked
package dev.scriptorium.plugin.analysis;

import org.jspecify.annotations.NullMarked;
