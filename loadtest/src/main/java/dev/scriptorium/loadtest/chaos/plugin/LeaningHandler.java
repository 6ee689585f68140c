package dev.scriptorium.loadtest.chaos.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Capability;
import dev.scriptorium.plugin.DependencyFailure;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Leans on something outside that can be away: a file, whose path is the job's payload, stands for
 * its being away.
 */
public final class LeaningHandler implements JobHandler {
  /** Kind of the jobs. */
  public static final String KIND = "leaning-work";

  /** Name of what they lean on. */
  public static final String DEPENDENCY = "test-service";

  @Override
  public Set<Capability> capabilities() {
    return Set.of(new Capability(KIND, "*"));
  }

  @Override
  public void handle(JobContext job, BookSink sink) throws IOException {
    Path away = Path.of(new String(job.payload(), UTF_8));
    if (Files.exists(away)) {
      throw new DependencyFailure(DEPENDENCY, DEPENDENCY + " is away");
    }
  }
}
