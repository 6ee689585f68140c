package dev.scriptorium.worker.trial;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that an argument means.
 *
 * @param many true for a folder or a list, even of one file
 * @param files not empty; of a folder those that are readable or not, of a list whatever it names
 */
record TrialFiles(boolean many, List<Path> files) {
  TrialFiles {
    files = List.copyOf(files);
  }

  /**
   * A file; a folder, for all files in it and below, by path, hidden ones left out; or
   * {@code @LIST}, for the paths in a file, one a line, blank lines left out.
   *
   * @throws IllegalArgumentException when there is nothing to try; the message says why
   */
  static TrialFiles of(String argument) throws IOException {
    if (argument.startsWith("@") && !Files.exists(Path.of(argument))) {
      return new TrialFiles(true, listed(Path.of(argument.substring(1))));
    }
    Path path = Path.of(argument);
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("no such file or folder: " + path);
    }
    return Files.isDirectory(path)
        ? new TrialFiles(true, below(path))
        : new TrialFiles(false, List.of(path));
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> files =
          all.filter(Files::isRegularFile)
              .filter(file -> visible(folder.relativize(file)))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException("no files in the folder " + folder);
      }
      return files;
    } catch (java.io.UncheckedIOException e) {
      throw new IllegalArgumentException("cannot read the folder " + folder + ": " + e, e);
    }
  }

  private static boolean visible(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  private static List<Path> listed(Path list) throws IOException {
    if (!Files.isRegularFile(list) || !Files.isReadable(list)) {
      throw new IllegalArgumentException("cannot read the list " + list);
    }
    try {
      List<Path> files =
          Files.readAllLines(list).stream().filter(line -> !line.isBlank()).map(Path::of).toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException("no paths in the list " + list);
      }
      return files;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the list " + list + " is not UTF-8", e);
    }
  }
}
