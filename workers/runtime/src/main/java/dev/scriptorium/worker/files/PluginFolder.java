package dev.scriptorium.worker.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder with plugins that are not built in. */
public final class PluginFolder {
  private PluginFolder() {}

  /**
   * The class path of a runner: that of this process, then every jar of the folder by name, then
   * the folder itself when it holds classes.
   *
   * @param folder null: no such plugins
   * @throws IllegalArgumentException when the folder cannot be read or holds no plugin
   */
  public static String classPath(@Nullable Path folder) {
    String own = WorkPlace.classPath();
    if (folder == null) {
      return own;
    }
    List<Path> entries = entries(folder.toAbsolutePath().normalize());
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(
          "plugin folder " + folder + " holds neither a jar nor META-INF/services");
    }
    return Stream.concat(Stream.of(own), entries.stream().map(Path::toString))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      Stream<Path> jars =
          files.filter(file -> file.getFileName().toString().endsWith(".jar")).sorted();
      Stream<Path> classes =
          Files.isDirectory(folder.resolve("META-INF/services")) ? Stream.of(folder) : Stream.of();
      return Stream.concat(jars, classes).toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("plugin folder " + folder + " cannot be read: " + e, e);
    }
  }
}
