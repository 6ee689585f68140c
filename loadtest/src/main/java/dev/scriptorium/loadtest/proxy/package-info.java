/**
 * A TCP proxy that spoils the connections through it on command: slow, still, one-sided, cut. Runs
 * in the process of whoever commands it. Depends on the JDK alone.
 */
@NullMarked
package dev.scriptorium.loadtest.proxy;

import org.jspecify.annotations.NullMarked;
