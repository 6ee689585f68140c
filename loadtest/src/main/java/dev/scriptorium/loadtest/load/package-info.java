/** Ways to make many calls. */
@NullMarked
package dev.scriptorium.loadtest.load;

import org.jspecify.annotations.NullMarked;
