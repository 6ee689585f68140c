/**
 * Recognises what a file is by its first bytes and, for archives, by its table of contents. Depends
 * on the JDK alone.
 */
@NullMarked
package dev.scriptorium.server.catalog.format;

import org.jspecify.annotations.NullMarked;
