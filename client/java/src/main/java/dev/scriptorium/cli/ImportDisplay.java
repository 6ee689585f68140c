package dev.scriptorium.cli;

/** Shows an import while it runs. Used by one thread. */
interface ImportDisplay extends AutoCloseable {
  /** A step of a book was completed, but not its last. */
  void step(BookImport book);

  /** Nothing more happens to a book. */
  void end(BookImport book);

  /** Time has passed. */
  void tick();

  /** Leaves the terminal as it was. */
  @Override
  void close();
}
