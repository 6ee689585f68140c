/**
 * Fills a database with a large library, and measures what its reader feels: a page, a search, a
 * chapter, an upload. Depends on the system's processes, and on the database past the server.
 */
@NullMarked
package dev.scriptorium.loadtest.catalog;

import org.jspecify.annotations.NullMarked;
