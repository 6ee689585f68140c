package dev.scriptorium.worker.pool;

import dev.scriptorium.worker.files.FileTree;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A user of the system that nobody else is: a worker of root gives every runner one of its own, so
 * that it can neither read nor end what belongs to another.
 *
 * @param id number of user and group
 */
record RunnerUser(int id) {
  // Meant for services whose users have no name; within what a container maps.
  private static final int FIRST = 61_184;
  private static final int COUNT = 4_336;

  /** The user of a runner, told by the last number in the name of its folder; 0 without one. */
  static RunnerUser of(Path directory) {
    String digits = String.valueOf(directory.getFileName()).replaceAll(".*?([0-9]{0,9})$", "$1");
    return new RunnerUser(
        FIRST + (digits.isEmpty() ? 0 : Integer.parseInt(digits) % (COUNT - 1) + 1));
  }

  /** Gives it a folder with all that is in it. */
  void own(Path folder) throws IOException {
    FileTree.give(folder, id);
  }
}
