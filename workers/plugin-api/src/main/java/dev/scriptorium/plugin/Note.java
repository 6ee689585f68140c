package dev.scriptorium.plugin;

/**
 * A footnote or endnote.
 *
 * @param chapter ordinal of the chapter with the reference
 * @param label as printed
 * @param referenceOffset offset of the reference in that chapter's text, in code points
 * @param text plain text
 */
public record Note(int chapter, String label, int referenceOffset, String text) {}
