/** Tests of the command line. */
@NullMarked
package dev.scriptorium.cli;

import org.jspecify.annotations.NullMarked;
