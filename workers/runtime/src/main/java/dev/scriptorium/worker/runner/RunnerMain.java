package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.worker.frame.FrameReader;
import dev.scriptorium.worker.frame.FrameWriter;
import dev.scriptorium.worker.v1.FromRunner;
import dev.scriptorium.worker.v1.RunnerReady;
import dev.scriptorium.worker.v1.ToRunner;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runner process. Standard output carries frames alone; what a plugin prints goes to standard
 * error. Exit codes: 0 when standard input has ended, 3 out of memory, 4 out of memory for direct
 * buffers, 70 when a handler cannot be warmed or the worker sends what cannot be read.
 *
 * <p>With the system property {@value #ONLY_KIND} it warms the handlers of that kind alone.
 *
 * <p>With {@code --train} it warms every handler, rehearses and exits: the run from which the
 * ahead-of-time cache is made.
 */
public final class RunnerMain {
  private static final String ONLY_KIND = "scriptorium.only-kind";
  private static final long JOB_STACK_BYTES = 2 << 20;

  private RunnerMain() {}

  /** Serves the worker until it closes standard input. */
  public static void main(String[] args) throws InterruptedException {
    FrameWriter out = new FrameWriter(new FileOutputStream(FileDescriptor.out));
    InputStream in = new FileInputStream(FileDescriptor.in);
    // A plugin's println must not get between frames, and its read must not eat them.
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    Thread.setDefaultUncaughtExceptionHandler(Death::uncaught);
    Logger log = LoggerFactory.getLogger(RunnerMain.class);

    PluginHost plugins = new PluginHost(ServiceLoader.load(JobHandler.class));
    // A stack of our own choosing: deeply nested input overflows it early, far from the limits of
    // the process.
    Thread jobs =
        new Thread(null, () -> serve(plugins, out, in, args, log), "jobs", JOB_STACK_BYTES);
    jobs.start();
    jobs.join();
  }

  private static void serve(
      PluginHost plugins, FrameWriter out, InputStream in, String[] args, Logger log) {
    try {
      warm(plugins);
      Rehearsal.run(Path.of(System.getProperty("java.io.tmpdir")), log);
      JobLoop loop = new JobLoop(plugins, out, System::nanoTime, log);
      out.write(ready(plugins));
      if (Arrays.asList(args).contains("--train")) {
        practise(plugins);
        return;
      }
      Thread commands = new Thread(() -> listen(in, loop, log), "commands");
      commands.setDaemon(true);
      commands.start();
      loop.run();
    } catch (OutOfMemoryError e) {
      Death.outOfMemory(e);
    } catch (IOException e) {
      log.error("cannot serve: {}", e.toString());
      Death.broken();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Death.broken();
    }
  }

  private static void warm(PluginHost plugins) throws IOException {
    String kind = System.getProperty(ONLY_KIND);
    if (kind == null) {
      plugins.warm();
    } else {
      plugins.warm(kind);
    }
  }

  private static void practise(PluginHost plugins) throws IOException {
    while (plugins.practise()) {
      // One step after the other, until nobody gains from more.
    }
  }

  private static FromRunner ready(PluginHost plugins) {
    return FromRunner.newBuilder()
        .setReady(
            RunnerReady.newBuilder()
                .addAllCapabilities(plugins.capabilities())
                .setMemoryBytes(OwnMemory.residentBytes()))
        .build();
  }

  private static void listen(InputStream in, JobLoop loop, Logger log) {
    FrameReader<ToRunner> frames = new FrameReader<>(in, ToRunner.parser());
    try {
      for (var frame = frames.read(); frame.isPresent(); frame = frames.read()) {
        loop.accept(frame.get());
      }
      Death.workerGone();
    } catch (IOException e) {
      log.error("cannot read from the worker: {}", e.toString());
      Death.broken();
    }
  }
}
