package dev.scriptorium.cli;

/** Descriptions that several commands share. */
final class Help {
  static final String BOOK =
      "Name, id, a part of the id (4 characters or more), or a part of the title.";

  private Help() {}
}
