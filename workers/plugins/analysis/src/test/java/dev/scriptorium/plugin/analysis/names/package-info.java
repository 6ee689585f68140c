/** Tests of the package. */
@NullMarked
package dev.scriptorium.plugin.analysis.names;

import org.jspecify.annotations.NullMarked;
