package dev.scriptorium.plugin.analysis.text;

/**
 * What a form in lower case adds at its own place and for the words around it: in full, and nearly
 * as rows with a place for every tag. Filled while a model is read, then read alone.
 */
final class WordForm {
  /** Of the word itself. */
  Weights own = Weights.NONE;

  /** For the word after it. */
  Weights oneBefore = Weights.NONE;

  /** For the word after that. */
  Weights twoBefore = Weights.NONE;

  /** For the word before it. */
  Weights oneAfter = Weights.NONE;

  /** For the word before that. */
  Weights twoAfter = Weights.NONE;

  float[] nearlyOneBefore;
  float[] nearlyTwoBefore;
  float[] nearlyOneAfter;
  float[] nearlyTwoAfter;

  WordForm(float[] nothing) {
    nearlyOneBefore = nothing;
    nearlyTwoBefore = nothing;
    nearlyOneAfter = nothing;
    nearlyTwoAfter = nothing;
  }
}
