package dev.scriptorium.server.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** What is done to whole folders. */
final class FileTree {
  // A file system commits flushes that come together in one go: 16 at a time take a tenth.
  private static final int FLUSHES_AT_ONCE = 16;

  private FileTree() {}

  /**
   * Makes a folder and all that is in it durable: after a power failure, a folder that got its
   * final name must not turn out to hold empty files.
   */
  static void flush(Path folder) throws IOException {
    List<Callable<Path>> flushes = new ArrayList<>();
    for (Path path : paths(folder)) {
      if (!Files.isSymbolicLink(path)) {
        flushes.add(() -> flushOne(path));
      }
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(FLUSHES_AT_ONCE)) {
      for (Future<Path> flush : threads.invokeAll(flushes)) {
        flush.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("cannot flush " + folder, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("flushing " + folder);
    }
  }

  /** Deletes a folder and all that is in it. */
  static void delete(Path folder) throws IOException {
    for (Path path : paths(folder).reversed()) {
      Files.delete(path);
    }
  }

  /** Deletes what an earlier start has left unfinished: entries whose name begins like this. */
  static void deleteLeftOvers(Path parent, String prefix) throws IOException {
    List<Path> leftOvers = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, prefix + "*")) {
      entries.forEach(leftOvers::add);
    }
    for (Path leftOver : leftOvers) {
      delete(leftOver);
    }
  }

  /** The folder, and all that is in it after that which holds it. */
  static List<Path> paths(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.toList();
    }
  }

  private static Path flushOne(Path path) throws IOException {
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(path)) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
    return path;
  }
}
