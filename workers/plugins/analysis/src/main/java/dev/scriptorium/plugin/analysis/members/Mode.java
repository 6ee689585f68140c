package dev.scriptorium.plugin.analysis.members;

/** How the members work together. */
public enum Mode {
  /** The learned member alone: cheapest. */
  SINGLE,
  /** All members; what one of them finds is found: misses least. */
  PARALLEL,
  /** One member after the other, until the answer is sure. */
  SEQUENTIAL,
  /** All members, weighed against each other: the best answers. */
  ENSEMBLE,
  /** The learned member, and all where it is not sure. */
  ADAPTIVE
}
