package dev.scriptorium.server.jobs;

/** Makes what workers say fit to be stored. */
final class Texts {
  /** Most code points of a message. */
  static final int MESSAGE = 1000;

  /** Most code points of a name. */
  static final int NAME = 100;

  /** Most code points of the tail of a log. */
  static final int LOG = 4096;

  private Texts() {}

  /** Cut to a length in code points, and without the NUL that Postgres cannot store. */
  static String bounded(String text, int maxCodePoints) {
    String clean = text.replace('\0', '\uFFFD');
    return clean.codePointCount(0, clean.length()) <= maxCodePoints
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, maxCodePoints));
  }
}
