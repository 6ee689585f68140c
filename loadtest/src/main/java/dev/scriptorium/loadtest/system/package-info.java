/**
 * The whole system as processes on this machine: servers, workers, and calls to them. Everything a
 * test or scenario starts here is stopped by it, by pid.
 */
@NullMarked
package dev.scriptorium.loadtest.system;

import org.jspecify.annotations.NullMarked;
