/**
 * The members of the analysis: each an opinion on single paragraphs, from what it looks at alone;
 * {@code Ensemble} makes one judgement of them. Weights come from {@code training}. Depends on
 * {@code text} alone.
 */
@NullMarked
package dev.scriptorium.plugin.analysis.members;

import org.jspecify.annotations.NullMarked;
