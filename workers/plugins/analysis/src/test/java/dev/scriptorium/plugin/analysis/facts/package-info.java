/** Tests of the package. */
@NullMarked
package dev.scriptorium.plugin.analysis.facts;

import org.jspecify.annotations.NullMarked;
