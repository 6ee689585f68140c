package dev.scriptorium.server;

import dev.scriptorium.server.Housekeeping.Chore;
import dev.scriptorium.server.analysis.AnalyzeResults;
import dev.scriptorium.server.analysis.SummarizeResults;
import dev.scriptorium.server.catalog.CachedBooks;
import dev.scriptorium.server.catalog.TextIndex;
import dev.scriptorium.server.catalog.result.BookFiles;
import dev.scriptorium.server.catalog.result.InspectResults;
import dev.scriptorium.server.catalog.result.ParseResults;
import dev.scriptorium.server.fleet.Fleet;
import dev.scriptorium.server.fleet.FleetGrpcService;
import dev.scriptorium.server.fleet.FleetSettings;
import dev.scriptorium.server.fleet.ScalerGrpcService;
import dev.scriptorium.server.fleet.WorkGrpcService;
import dev.scriptorium.server.jobs.JobEngine;
import dev.scriptorium.server.jobs.JobGrpcService;
import dev.scriptorium.server.jobs.JobSettings;
import dev.scriptorium.server.jobs.SteadyClock;
import dev.scriptorium.server.operations.QueueCount;
import dev.scriptorium.v1.Worker;
import io.grpc.BindableService;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The features of the server, built and connected: books, reading, findings, jobs and workers.
 *
 * @param engine the queue
 * @param fleet the workers
 * @param cached books and chapters, as they are kept in this process
 * @param services what the features serve
 * @param chores what has to be removed from time to time
 * @param maxJobsOfOwner most jobs of one owner that may be unfinished
 */
record Features(
    JobEngine engine,
    Fleet fleet,
    CachedBooks cached,
    List<BindableService> services,
    List<Chore> chores,
    int maxJobsOfOwner) {

  /**
   * Builds and starts them; what is started is added to the lifecycle.
   *
   * @param name of this server, told to workers and kept with its jobs
   * @param whenDead called when another server has taken over from this one, which must then stop
   */
  static Features start(
      String name,
      ServerConfig config,
      Storage storage,
      InstantSource clock,
      Lifecycle lifecycle,
      Runnable whenDead) {
    BookFeatures.Known known = BookFeatures.Known.of(storage);
    TextIndex textIndex =
        new TextIndex(storage.databases().scheduler(), storage.blobs(), storage.cache());
    JobSettings jobSettings = JobSettings.of(name);
    // Patience must not hang on a clock that somebody may set.
    InstantSource steady = new SteadyClock(clock, System::nanoTime);
    JobEngine engine =
        lifecycle.add(
            new JobEngine(
                new JobEngine.Parts(
                    storage.databases().api(),
                    storage.databases().scheduler(),
                    storage.blobs(),
                    new BookFiles(),
                    Map.of(
                        "inspect", new InspectResults(clock),
                        "parse", new ParseResults(known.texts(), clock),
                        "analyze", new AnalyzeResults(clock),
                        "summarize", new SummarizeResults(clock)),
                    // The cache first: who watches a book reads it anew.
                    List.of(known.cached(), known.watch(), textIndex, known.warming()),
                    steady,
                    whenDead),
                jobSettings,
                config.keepJobs()));
    FleetSettings fleetSettings = FleetSettings.of(name);
    Fleet fleet =
        lifecycle.add(new Fleet(engine.dispatcher(), fleetSettings, engine.incarnation(), steady));
    ExecutorService watchers = lifecycle.add(Executors.newVirtualThreadPerTaskExecutor());
    BookFeatures books =
        new BookFeatures(storage, config, engine.queue(), known, clock, lifecycle, watchers);
    List<BindableService> services = new ArrayList<>(books.services(name));
    services.add(new JobGrpcService(engine.jobs(), engine.control(), watchers));
    services.add(new FleetGrpcService(fleet, watchers));
    services.add(new WorkGrpcService(fleet, engine.dispatcher(), storage.blobs(), fleetSettings));
    if (config.scaler()) {
      services.add(new ScalerGrpcService(engine.control().status(), fleet, watchers));
    }
    engine.start();
    fleet.start();
    textIndex.start();
    lifecycle.add(textIndex);
    return new Features(
        engine,
        fleet,
        known.cached(),
        List.copyOf(services),
        books.chores(),
        jobSettings.maxJobsOfOwner());
  }

  /** Connected workers, as operators see them. */
  List<Worker> workers() {
    return fleet.workers();
  }

  /** Jobs that have not ended; of everybody when no owner is named. */
  List<QueueCount> queues(Optional<UUID> owner) {
    return engine.jobs().depths(owner.orElse(null)).stream()
        .map(
            depth ->
                new QueueCount(depth.kind(), depth.blocked(), depth.waiting(), depth.running()))
        .toList();
  }
}
