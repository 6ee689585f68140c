package dev.scriptorium.plugin.analysis.text;

/**
 * A word form with all that the tagger ever adds for it, whatever stands around it.
 *
 * @param text the form, marks straight
 * @param lower the same in lower case
 * @param sums for each tag, what the word itself adds: the beginning of every sum
 * @param oneBefore what the word adds for the word after it
 * @param twoBefore what it adds for the word after that
 * @param oneAfter what it adds for the word before it
 * @param twoAfter what it adds for the word before that
 * @param shape what its capitals and digits add
 * @param shaped what form and shape add together
 */
@SuppressWarnings("ArrayRecordComponent") // Copied by the tagger for each token; never compared.
record Word(
    String text,
    String lower,
    double[] sums,
    double[] oneBefore,
    double[] twoBefore,
    double[] oneAfter,
    double[] twoAfter,
    double[] shape,
    double[] shaped) {}
