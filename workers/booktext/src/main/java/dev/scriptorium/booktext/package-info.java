/**
 * What the parsers share: canonical text, safe HTML, hardened XML, archives, pictures and the
 * limits on hostile input. Every class is confined to one thread unless it says otherwise. May
 * depend on the plugin API, Aalto and jsoup; knows no format.
 */
@NullMarked
package dev.scriptorium.booktext;

import org.jspecify.annotations.NullMarked;
