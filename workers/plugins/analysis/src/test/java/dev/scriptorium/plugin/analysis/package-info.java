/** Tests of the analysis. */
@NullMarked
package dev.scriptorium.plugin.analysis;

import org.jspecify.annotations.NullMarked;
