/**
 * Reads PDF books: metadata, outline and cover for {@code inspect}; chapters of flowing text for
 * {@code parse}. A PDF knows glyphs and places, no words or paragraphs, so most of the package puts
 * lines, paragraphs and chapters together again. Depends on the plugin API, {@code booktext} and
 * PDFBox; every call of PDFBox runs under a budget, because the file may be hostile.
 *
 * <p>Kinds of objects are told apart by {@code instanceof}: what a {@code switch} on patterns needs
 * is made anew by every JVM, which no ahead-of-time cache saves it from, and takes a runner a tenth
 * of a second and more before its first page.
 */
@NullMarked
package dev.scriptorium.plugin.pdf;

import org.jspecify.annotations.NullMarked;
