/**
 * What was found in a book: passages worth drawing, characters and places and what they say,
 * figures of the text; cut at a position so that nothing is spoiled. Applies the results of {@code
 * analyze} and {@code summarize}. May use {@code jobs} and {@code catalog}; besides database and
 * wire.
 */
@NullMarked
package dev.scriptorium.server.analysis;

import org.jspecify.annotations.NullMarked;
