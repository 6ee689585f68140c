/** Tests of the package. */
@NullMarked
package dev.scriptorium.plugin.analysis.text;

import org.jspecify.annotations.NullMarked;
