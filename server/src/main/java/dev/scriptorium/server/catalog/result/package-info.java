/**
 * Takes the results of jobs into the catalog, item by item, and keeps the stages of an import. May
 * use {@code jobs}, {@code blob} and {@code database}.
 */
@NullMarked
package dev.scriptorium.server.catalog.result;

import org.jspecify.annotations.NullMarked;
