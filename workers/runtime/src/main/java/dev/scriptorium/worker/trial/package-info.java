/**
 * {@code scriptorium-worker try}: runs a plugin on a local file, without a server, in a runner like
 * any other, and prints what it made.
 */
@NullMarked
package dev.scriptorium.worker.trial;

import org.jspecify.annotations.NullMarked;
