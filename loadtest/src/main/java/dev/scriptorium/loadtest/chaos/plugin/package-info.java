/**
 * A plugin whose jobs do as they are told, well or badly: honest work that leaves a trace outside
 * of the system, and every way to hurt a runner. Runs in a runner, so it sees the plugin API alone.
 */
@NullMarked
package dev.scriptorium.loadtest.chaos.plugin;

import org.jspecify.annotations.NullMarked;
