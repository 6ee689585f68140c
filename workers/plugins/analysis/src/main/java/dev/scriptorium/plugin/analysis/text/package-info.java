/**
 * Reads a chapter once: paragraphs, sentences, tokens, tags, quotations. All offsets inside the
 * analysis are UTF-16 indices into the chapter's text; {@link
 * dev.scriptorium.plugin.analysis.text.CodePoints} turns them into code points on the way out.
 * Knows OpenNLP and nothing of passages or names.
 */
@NullMarked
package dev.scriptorium.plugin.analysis.text;

import org.jspecify.annotations.NullMarked;
