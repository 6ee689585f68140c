/** Rules that hold for the whole runtime. */
@NullMarked
package dev.scriptorium.worker;

import org.jspecify.annotations.NullMarked;
