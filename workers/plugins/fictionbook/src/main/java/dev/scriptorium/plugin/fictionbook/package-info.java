/**
 * Reads FictionBook 2, plain or in a ZIP archive. A file is read twice: {@code Survey} learns the
 * description and where every id stands, {@code BodyReader} and {@code BinaryReader} hand over what
 * is in it. Depends on the plugin API and booktext.
 */
@NullMarked
package dev.scriptorium.plugin.fictionbook;

import org.jspecify.annotations.NullMarked;
