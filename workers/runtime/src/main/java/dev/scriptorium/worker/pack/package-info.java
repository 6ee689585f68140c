/**
 * The two files a job makes: the result (a sequence of items) and the pack (a book's chapters and
 * pictures). Depends on the wire messages and zstd; used by runner and worker.
 */
@NullMarked
package dev.scriptorium.worker.pack;

import org.jspecify.annotations.NullMarked;
