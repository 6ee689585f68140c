/** Tests of the package. */
@NullMarked
package dev.scriptorium.plugin.analysis.training;

import org.jspecify.annotations.NullMarked;
