/**
 * Figures of texts in any language: counts, reading time, readability by published formulas,
 * keywords. Uses {@code text} alone; knows no names and no passages.
 */
@NullMarked
package dev.scriptorium.plugin.analysis.facts;

import org.jspecify.annotations.NullMarked;
