/**
 * Books: upload, metadata, contents, and the state of their import. {@code CatalogGrpcService}
 * leads to {@code Catalog}, {@code Uploads}, {@code Chapters} and {@code BookWatch}, and these to
 * the stores. May use {@code jobs} and, for a reader's place in a listed book, {@code reading};
 * besides blob, cache, database and wire.
 */
@NullMarked
package dev.scriptorium.server.catalog;

import org.jspecify.annotations.NullMarked;
