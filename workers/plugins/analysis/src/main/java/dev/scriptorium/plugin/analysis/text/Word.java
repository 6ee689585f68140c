package dev.scriptorium.plugin.analysis.text;

/**
 * A word form with all that the tagger ever adds for it, whatever stands around it.
 *
 * @param text the form, marks straight
 * @param lower the same in lower case
 * @param own for each tag, what the word itself adds, nearly
 * @param form what it adds for the words around it
 * @param shape its capitals and digits, in the model's terms
 */
@SuppressWarnings("ArrayRecordComponent") // Read by the tagger for each token; never compared.
record Word(String text, String lower, float[] own, WordForm form, String shape) {}
