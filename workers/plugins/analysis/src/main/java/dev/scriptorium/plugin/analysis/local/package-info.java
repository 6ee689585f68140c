/**
 * The analysis of texts that are at hand, in this process: for training, measurements and tests,
 * which need no server and no runner. Depends on the plugin API alone.
 */
@NullMarked
package dev.scriptorium.plugin.analysis.local;

import org.jspecify.annotations.NullMarked;
