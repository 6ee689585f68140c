/** A plugin for tests, loaded by real runners: its job's kind says how it shall behave. */
@NullMarked
package dev.scriptorium.worker.testplugin;

import org.jspecify.annotations.NullMarked;
