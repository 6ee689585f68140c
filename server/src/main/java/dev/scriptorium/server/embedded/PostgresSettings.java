package dev.scriptorium.server.embedded;

import java.nio.file.Path;

/**
 * How an embedded Postgres is set up.
 *
 * @param folder holds cluster, password and ballast; created when missing
 * @param programs folder that the programs are unpacked to; may be shared by several
 * @param durable false only in tests: commits then do not wait for the disk
 * @param sharedBuffersMiB memory of the page cache; at least 16
 * @param maxConnections connections of all pools together, and some for operators
 * @param ballastBytes size of a file that is given up when the disk is full, so that recovery can
 *     finish; 0 for none
 */
public record PostgresSettings(
    Path folder,
    Path programs,
    boolean durable,
    int sharedBuffersMiB,
    int maxConnections,
    long ballastBytes) {
  private static final int BUFFERS_MIB = 64;
  private static final int CONNECTIONS = 60;
  private static final long BALLAST = 64L << 20;

  /** Checks the ranges. */
  public PostgresSettings {
    if (sharedBuffersMiB < 16) {
      throw new IllegalArgumentException(
          "shared buffers " + sharedBuffersMiB + " MiB: at least 16");
    }
    if (maxConnections < 10) {
      throw new IllegalArgumentException("max connections " + maxConnections + ": at least 10");
    }
  }

  /** What the server uses: durable, 64 MiB of buffers, 60 connections, 64 MiB of ballast. */
  public static PostgresSettings durable(Path folder) {
    return new PostgresSettings(folder, folder, true, BUFFERS_MIB, CONNECTIONS, BALLAST);
  }

  /** For tests: a crash of the machine may lose commits. */
  public static PostgresSettings forTests(Path folder, Path programs) {
    return new PostgresSettings(folder, programs, false, BUFFERS_MIB, 200, 0);
  }
}
