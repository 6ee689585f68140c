package dev.scriptorium.plugin;

/**
 * A line of the contents; the tree is flattened in reading order.
 *
 * @param title as printed
 * @param depth 0 for the outermost level
 * @param chapter ordinal of the target; 0 when unknown, as in inspect
 * @param chapterOffset offset of the target in that chapter, in code points
 */
public record ContentsEntry(String title, int depth, int chapter, int chapterOffset) {}
