/**
 * Files made to hurt a parser, and what becomes of them. Every file goes through the handler that a
 * runner would choose, in a heap of 256 MiB and within ten seconds. Depends on the parsers and the
 * fixtures of booktext.
 */
@NullMarked
package dev.scriptorium.hostile;

import org.jspecify.annotations.NullMarked;
