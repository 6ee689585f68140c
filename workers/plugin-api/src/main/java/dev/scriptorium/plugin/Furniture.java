package dev.scriptorium.plugin;

/**
 * What stands on a page and is no part of the text: a running head or foot, or a page number.
 *
 * @param page physical page, from 1
 * @param text one line, not empty
 */
public record Furniture(int page, String text) {}
