package dev.scriptorium.plugin;

/**
 * A name in the text.
 *
 * @param type what it is taken for, by this chapter alone
 * @param text the name as it stands there
 * @param range where it stands
 * @param confidence 0 to 1
 */
public record Mention(Entity.Type type, String text, TextRange range, double confidence) {}
