/** How many readers a server keeps the places of, beside an empty echo on the same machine. */
@NullMarked
package dev.scriptorium.loadtest.reading;

import org.jspecify.annotations.NullMarked;
