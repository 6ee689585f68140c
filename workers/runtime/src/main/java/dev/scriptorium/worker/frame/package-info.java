/**
 * Messages over a pipe: length-prefixed protobuf frames between a worker and its runner. Depends on
 * protobuf alone; used by both sides.
 */
@NullMarked
package dev.scriptorium.worker.frame;

import org.jspecify.annotations.NullMarked;
