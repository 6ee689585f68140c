/**
 * Books that their owner has put together, in an order, and that are shared as a whole. Uses {@code
 * catalog} to list books, {@code identity} to find readers, {@code database} and {@code wire};
 * tells of books that fewer people may read than before, so that caches forget them.
 */
@NullMarked
package dev.scriptorium.server.collections;

import org.jspecify.annotations.NullMarked;
