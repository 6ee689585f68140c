package dev.scriptorium.server.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Programs unpacked from a jar, in a folder named after their content: either complete or absent,
 * because it gets its name last.
 */
final class Unpacked {
  private Unpacked() {}

  /** Fills a folder. */
  @FunctionalInterface
  private interface Content {
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Unpacks a {@code .tar.xz}.
   *
   * @param durable false to leave the writing to the disk to the operating system
   * @return the folder it is in
   */
  static Path archive(Resource archive, Path parent, boolean durable) throws IOException {
    return unpack(archive, parent, durable, folder -> extract(archive, folder));
  }

  /** Copies a single program; returns the program. */
  static Path program(Resource program, Path parent, String name) throws IOException {
    Path folder =
        unpack(
            program,
            parent,
            true,
            target -> {
              try (InputStream stream = program.open()) {
                Files.copy(stream, target.resolve(name));
              }
              Files.setPosixFilePermissions(
                  target.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
            });
    return folder.resolve(name);
  }

  private static Path unpack(Resource resource, Path parent, boolean durable, Content content)
      throws IOException {
    Path folder = parent.resolve("bin-" + resource.fingerprint());
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path unfinished = Files.createTempDirectory(parent, "unpacking-");
    Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
    content.writeTo(unfinished);
    if (durable) {
      FileTree.flush(unfinished);
    }
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // Somebody else was faster with the same content.
      FileTree.delete(unfinished);
    }
    return folder;
  }

  private static void extract(Resource archive, Path folder) throws IOException {
    try (InputStream stream = new BufferedInputStream(archive.open());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(stream))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(entry, tar, folder);
      }
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("archive entry leaves its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, target);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
