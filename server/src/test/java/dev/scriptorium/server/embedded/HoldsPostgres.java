package dev.scriptorium.server.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The program of a process that starts an embedded Postgres and waits to be killed. */
final class HoldsPostgres {
  private HoldsPostgres() {}

  /** Takes the data directory and the folder of the programs. */
  public static void main(String[] args) throws Exception {
    try (DataDirectory data = DataDirectory.lock(Path.of(args[0]));
        EmbeddedPostgres postgres =
            EmbeddedPostgres.start(
                PostgresSettings.forTests(data.path().resolve("pg"), Path.of(args[1])))) {
      System.out.println("postgres " + postgres.pid().orElseThrow());
      new CountDownLatch(1).await();
    }
  }
}
