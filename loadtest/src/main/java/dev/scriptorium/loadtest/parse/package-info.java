/**
 * How fast and how small parsing is, beside others in the same run: bare loops over the same
 * libraries, other readers, and the whole system. Depends on plugins for the loops in this process,
 * and on the built worker and server for the rest.
 */
@NullMarked
package dev.scriptorium.loadtest.parse;

import org.jspecify.annotations.NullMarked;
