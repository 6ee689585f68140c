/** Tests of the package. */
@NullMarked
package dev.scriptorium.plugin.analysis.members;

import org.jspecify.annotations.NullMarked;
