package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One pass over all files, again and again. Used by one thread, which starts the others. */
final class Pass {
  private static final long STACK_BYTES = 2 << 20;

  private final List<PluginHost> hosts;
  private final List<FileJob> jobs;
  private final Set<JobHandler> warm = new HashSet<>();

  /**
   * @param hosts one a thread
   * @param jobs in the order in which they are begun
   */
  Pass(List<PluginHost> hosts, List<FileJob> jobs) {
    this.hosts = hosts;
    this.jobs = jobs;
  }

  /** Runs one. */
  PassFigures run() throws IOException, InterruptedException {
    for (PluginHost host : hosts) {
      warm(host);
    }
    List<Figures> all = new ArrayList<>();
    AtomicInteger next = new AtomicInteger();
    long cpu = cpuNanos();
    long begin = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (PluginHost host : hosts) {
      Figures figures = new Figures();
      all.add(figures);
      threads.add(
          new Thread(null, () -> work(host, next, figures), "pass-" + all.size(), STACK_BYTES));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    return PassFigures.of(System.nanoTime() - begin, cpuNanos() - cpu, all);
  }

  private void warm(PluginHost host) throws IOException {
    for (FileJob job : jobs) {
      JobHandler handler = host.handler(job.kind(), job.mediaType()).orElse(null);
      if (handler != null && warm.add(handler)) {
        handler.warm();
      }
    }
  }

  private void work(PluginHost host, AtomicInteger next, Figures figures) {
    for (int i = next.getAndIncrement(); i < jobs.size(); i = next.getAndIncrement()) {
      handle(host, jobs.get(i), figures);
      jobs.get(i).heap().look();
    }
  }

  // The edge where plugin code is called: whatever it throws is a figure, not the end of the pass.
  @SuppressWarnings("CatchingUnchecked")
  private static void handle(PluginHost host, FileJob job, Figures figures) {
    try {
      JobHandler handler =
          host.handler(job.kind(), job.mediaType())
              .orElseThrow(() -> new UnknownKindException(job.kind(), job.mediaType()));
      figures.begin();
      handler.handle(job, figures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      figures.failed(job.path() + ": interrupted");
    } catch (JobFailure e) {
      figures.failed(job.path() + ": " + e.reason() + ": " + e.getMessage());
    } catch (IOException | UnknownKindException | RuntimeException e) {
      figures.failed(job.path() + ": " + e);
    } catch (StackOverflowError e) {
      figures.failed(job.path() + ": stack overflow");
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
