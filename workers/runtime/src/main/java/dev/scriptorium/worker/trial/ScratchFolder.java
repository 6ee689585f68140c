package dev.scriptorium.worker.trial;

import dev.scriptorium.worker.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A new folder for what this process and those it started need while they run. It is gone when it
 * is closed, and when a signal ends the process before.
 */
final class ScratchFolder implements AutoCloseable {
  private static final int FAREWELL_SECONDS = 2;

  private final Path path;

  /**
   * @param name start of its name
   */
  ScratchFolder(String name) throws IOException {
    path = Files.createTempDirectory(name);
    Runtime.getRuntime().addShutdownHook(new Thread(this::abandon, "scratch"));
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    FileTree.delete(path);
  }

  private void abandon() {
    if (!Files.exists(path)) {
      return;
    }
    // Who still writes into it would keep it from going.
    List<ProcessHandle> users = ProcessHandle.current().descendants().toList();
    users.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            users.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, FAREWELL_SECONDS, TimeUnit.SECONDS)
        .join();
    try {
      FileTree.delete(path);
    } catch (IOException e) {
      System.err.println("cannot delete " + path + ": " + e);
    }
  }
}
