package dev.scriptorium.cli;

/** Descriptions that several commands share. */
final class Help {
  static final String BOOK =
      "Name, id, a part of the id (4 characters or more), or a part of the title.";

  static final String UP_TO =
      "Only what stands before this place, so that nothing is spoiled: an offset in the book, a"
          + " part of it (42%%), or 'here' for where you are.";

  private Help() {}
}
