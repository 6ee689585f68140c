package dev.scriptorium.loadtest.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small file system in memory on a folder, where this user may mount one. */
final class SmallDisk {
  private static final int CHUNK = 1 << 20;

  private SmallDisk() {}

  /** Mounts one; false when that is not possible here. */
  static boolean mount(Path folder, long bytes) throws IOException {
    return run(
        List.of(
            "mount", "-t", "tmpfs", "-o", "mode=0700,size=" + bytes, "tmpfs", folder.toString()));
  }

  /** Takes it away again with all its files. */
  static void unmount(Path folder) throws IOException {
    boolean _ = run(List.of("umount", "-l", folder.toString()));
  }

  /** Writes a file until nothing more fits, and returns it. */
  static Path fill(Path folder) throws IOException {
    Path ballast = folder.resolve("ballast-of-the-test");
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] chunk = new byte[CHUNK];
      while (Files.getFileStore(folder).getUsableSpace() > 0) {
        out.write(chunk);
      }
    } catch (IOException e) {
      // Full: that is what was wanted.
      return ballast;
    }
    return ballast;
  }

  private static boolean run(List<String> command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
