/**
 * Load, fault and acceptance tests: real processes, real files, real signals. Depends on the wire
 * contract and on what it measures.
 */
@NullMarked
package dev.scriptorium.loadtest;

import org.jspecify.annotations.NullMarked;
