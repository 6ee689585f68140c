package dev.scriptorium.positions;

/**
 * Where a quoted passage stands now.
 *
 * @param chapter index of the chapter, from 0
 * @param start in the chapter's canonical text, in code points
 * @param end in code points, at least {@code start}
 * @param likeness how far the passage and what stands around it are what was quoted: 1 when nothing
 *     changed, at least {@link QuoteSearch#LEAST_LIKENESS}
 */
public record FoundPassage(int chapter, int start, int end, double likeness) {}
