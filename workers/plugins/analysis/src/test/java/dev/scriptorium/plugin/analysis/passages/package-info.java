/** Tests of the package. */
@NullMarked
package dev.scriptorium.plugin.analysis.passages;

import org.jspecify.annotations.NullMarked;
