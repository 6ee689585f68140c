/**
 * The runner: the child process that runs plugins, one job at a time. It speaks frames over
 * standard input and output, reads and writes in its job's directory alone, and has neither network
 * nor credentials. Depends on the plugin API, {@code frame} and {@code pack}; knows neither gRPC
 * nor the worker.
 */
@NullMarked
package dev.scriptorium.worker.runner;

import org.jspecify.annotations.NullMarked;
