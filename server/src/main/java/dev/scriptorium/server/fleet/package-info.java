/**
 * The connected workers: their streams, the files they fetch and store. Depends on jobs, whose
 * dispatcher decides what they do; may use blob and wire.
 */
@NullMarked
package dev.scriptorium.server.fleet;

import org.jspecify.annotations.NullMarked;
