package dev.scriptorium.loadtest.queue;

import dev.scriptorium.loadtest.system.Api;
import dev.scriptorium.loadtest.system.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lets a server work for a while, so that the next ones start with what its JVM has learned. */
@Command(
    name = "rehearse",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a server work for half a minute and keeps what its JVM has learned in a file beside"
          + " its",
      "jars (JEP 483, 515). Servers started from these jars by this JDK are ready sooner, and fast",
      "from their first call. To be repeated after every build; without it they work all the same."
    })
public final class RehearsalCommand implements Callable<Integer> {
  private static final int ROUNDS = 6;
  private static final int JOBS = 20_000;
  private static final int CALLERS = 4;
  private static final int CALLS = 2000;
  private static final long CALLS_NANOS = 5_000_000_000L;

  @Override
  public Integer call() throws IOException, SQLException {
    Path cache = Installation.find().serverCache();
    Path fresh = Files.createTempFile(cache.getParent(), "server", ".aot");
    // One that is there would be learned from instead of the jars.
    Files.deleteIfExists(cache);
    try {
      try (Rig rig = Rig.start("512m", "-XX:AOTCacheOutput=" + fresh)) {
        rehearse(rig);
      }
      if (Files.size(fresh) == 0) {
        throw new IllegalStateException("the server's JVM has written nothing");
      }
      Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    System.out.println(cache + ": " + (Files.size(cache) >> 20) + " MiB");
    return 0;
  }

  private static void rehearse(Rig rig) throws IOException {
    try (Api api = rig.server().api()) {
      for (Path sample : Installation.find().samples()) {
        var _ = api.upload(sample);
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      double _ = rig.feeder().bulk(JOBS);
      double _ = rig.drain();
    }
    rig.work(1);
    int _ = rig.feeder().single(CALLERS, CALLS, CALLS_NANOS);
    double _ = rig.drain();
  }
}
