/**
 * Places in a book, in the forms that reader apps speak: the map from a chapter's canonical text to
 * its source, EPUB CFI, and the XPointers of KOReader; and the search for a quoted passage in a
 * book that has changed. Used by parsers, which make the maps, and by whoever converts places later
 * without the file. Depends on the JDK alone.
 */
@NullMarked
package dev.scriptorium.positions;

import org.jspecify.annotations.NullMarked;
