/**
 * Reads plain text, Markdown and HTML. Text and Markdown are told to the same walk as HTML, split
 * at headings into chapters. Depends on the plugin API and booktext.
 */
@NullMarked
package dev.scriptorium.plugin.plaintext;

import org.jspecify.annotations.NullMarked;
