package dev.scriptorium.server.embedded;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** Another process holds the data directory. A retry helps when that process has ended. */
public final class DirectoryInUseException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  DirectoryInUseException(Path directory, String pid) {
    super("data directory " + directory + " is in use by process " + pid);
  }
}
