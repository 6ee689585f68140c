/**
 * Analysis measured: its speed beside the library's pipeline, and what it finds beside what readers
 * marked. Runs the plugin in this process; depends on the plugin and on {@code report}.
 */
@NullMarked
package dev.scriptorium.loadtest.analysis;

import org.jspecify.annotations.NullMarked;
