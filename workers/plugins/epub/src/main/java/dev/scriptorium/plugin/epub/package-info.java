/**
 * Reads EPUB 2 and 3. {@link dev.scriptorium.plugin.epub.EpubHandler} opens a {@code EpubFile}
 * (archive, package, protection), from which {@code Inspection} takes metadata and cover and {@code
 * BookParser} chapters, contents, notes and pictures. Depends on the plugin API and booktext.
 */
@NullMarked
package dev.scriptorium.plugin.epub;

import org.jspecify.annotations.NullMarked;
