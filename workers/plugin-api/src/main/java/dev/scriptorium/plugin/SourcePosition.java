package dev.scriptorium.plugin;

/**
 * Where one of the book's own places stands in the canonical text.
 *
 * @param chapter ordinal of the chapter
 * @param chapterOffset offset in the chapter, in code points
 * @param pageLabel label of a page list or of a PDF page; empty when the place is no page
 * @param elementPath path of the element in its source, with sibling counts, for example {@code
 *     /body/section[2]/p[14]}; empty when there is none
 */
public record SourcePosition(
    int chapter, int chapterOffset, String pageLabel, String elementPath) {}
