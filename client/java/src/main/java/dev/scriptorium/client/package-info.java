/**
 * The Java client library: {@link dev.scriptorium.client.ScriptoriumClient} over the generated
 * messages of {@code dev.scriptorium.v1}. Depends on gRPC and the generated code alone; the command
 * line lives in {@code dev.scriptorium.cli} and is built on this.
 */
@NullMarked
package dev.scriptorium.client;

import org.jspecify.annotations.NullMarked;
