package dev.scriptorium.server;

import dev.scriptorium.server.analysis.AnalysisGrpcService;
import dev.scriptorium.server.analysis.AnalyzeResults;
import dev.scriptorium.server.analysis.Figures;
import dev.scriptorium.server.analysis.Findings;
import dev.scriptorium.server.analysis.Portraits;
import dev.scriptorium.server.analysis.Reanalysis;
import dev.scriptorium.server.analysis.SummarizeResults;
import dev.scriptorium.server.catalog.BookBatches;
import dev.scriptorium.server.catalog.BookLists;
import dev.scriptorium.server.catalog.BookWatch;
import dev.scriptorium.server.catalog.CachedBooks;
import dev.scriptorium.server.catalog.Catalog;
import dev.scriptorium.server.catalog.CatalogGrpcService;
import dev.scriptorium.server.catalog.ChapterSources;
import dev.scriptorium.server.catalog.ChapterTexts;
import dev.scriptorium.server.catalog.Chapters;
import dev.scriptorium.server.catalog.Downloads;
import dev.scriptorium.server.catalog.Facets;
import dev.scriptorium.server.catalog.FiltersGrpcService;
import dev.scriptorium.server.catalog.Resources;
import dev.scriptorium.server.catalog.SavedFilters;
import dev.scriptorium.server.catalog.Search;
import dev.scriptorium.server.catalog.TextIndex;
import dev.scriptorium.server.catalog.Trash;
import dev.scriptorium.server.catalog.Uploads;
import dev.scriptorium.server.catalog.result.BookFiles;
import dev.scriptorium.server.catalog.result.InspectResults;
import dev.scriptorium.server.catalog.result.ParseResults;
import dev.scriptorium.server.changes.ChangeFeed;
import dev.scriptorium.server.changes.ChangeUpkeep;
import dev.scriptorium.server.changes.ChangeWatch;
import dev.scriptorium.server.changes.ChangesGrpcService;
import dev.scriptorium.server.collections.CollectionShares;
import dev.scriptorium.server.collections.Collections;
import dev.scriptorium.server.collections.CollectionsGrpcService;
import dev.scriptorium.server.collections.Shelves;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.fleet.Fleet;
import dev.scriptorium.server.fleet.FleetGrpcService;
import dev.scriptorium.server.fleet.FleetSettings;
import dev.scriptorium.server.fleet.ScalerGrpcService;
import dev.scriptorium.server.fleet.WorkGrpcService;
import dev.scriptorium.server.identity.Readers;
import dev.scriptorium.server.jobs.JobEngine;
import dev.scriptorium.server.jobs.JobGrpcService;
import dev.scriptorium.server.jobs.JobSettings;
import dev.scriptorium.server.jobs.SteadyClock;
import dev.scriptorium.server.operations.QueueCount;
import dev.scriptorium.server.places.LocatorsGrpcService;
import dev.scriptorium.server.places.Places;
import dev.scriptorium.server.reading.AnnotationPurge;
import dev.scriptorium.server.reading.Annotations;
import dev.scriptorium.server.reading.CachedProgress;
import dev.scriptorium.server.reading.ProgressHistory;
import dev.scriptorium.server.reading.ReadingGrpcService;
import dev.scriptorium.server.reading.ReadingProgress;
import dev.scriptorium.server.reading.Sessions;
import dev.scriptorium.server.reading.Statistics;
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
 * @param services what the features serve
 * @param maxJobsOfOwner most jobs of one owner that may be unfinished
 */
record Features(JobEngine engine, Fleet fleet, List<BindableService> services, int maxJobsOfOwner) {

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
    Database api = storage.databases().api();
    Database scheduler = storage.databases().scheduler();
    BookWatch watch = new BookWatch();
    CachedBooks cached = new CachedBooks(storage.cache());
    TextIndex textIndex = new TextIndex(scheduler, storage.blobs(), storage.cache());
    JobSettings jobSettings = JobSettings.of(name);
    // Patience must not hang on a clock that somebody may set.
    InstantSource steady = new SteadyClock(clock, System::nanoTime);
    JobEngine engine =
        lifecycle.add(
            new JobEngine(
                new JobEngine.Parts(
                    api,
                    scheduler,
                    storage.blobs(),
                    new BookFiles(),
                    Map.of(
                        "inspect", new InspectResults(clock),
                        "parse", new ParseResults(clock),
                        "analyze", new AnalyzeResults(clock),
                        "summarize", new SummarizeResults(clock)),
                    // The cache first: who watches a book reads it anew.
                    List.of(cached, watch, textIndex),
                    steady,
                    whenDead),
                jobSettings,
                config.keepJobs()));
    FleetSettings fleetSettings = FleetSettings.of(name);
    Fleet fleet =
        lifecycle.add(new Fleet(engine.dispatcher(), fleetSettings, engine.incarnation(), steady));
    ExecutorService watchers = lifecycle.add(Executors.newVirtualThreadPerTaskExecutor());
    Catalog catalog = new Catalog(api, engine.queue(), watch, cached, clock);
    Uploads uploads = new Uploads(api, engine.queue(), clock, config.maxUpload().bytes());
    ChapterTexts texts = new ChapterTexts(storage.blobs(), storage.cache());
    ChangeUpkeep changeUpkeep = new ChangeUpkeep(scheduler, clock);
    changeUpkeep.begin();
    lifecycle.add(new ReadingUpkeep(changeUpkeep, new AnnotationPurge(scheduler, clock)));
    Chapters chapters = new Chapters(api, storage.blobs(), storage.cache(), cached);
    List<BindableService> services = new ArrayList<>();
    if (config.scaler()) {
      services.add(new ScalerGrpcService(engine.control().status(), fleet, watchers));
    }
    services.addAll(
        List.of(
            new CatalogGrpcService(
                new CatalogGrpcService.Rules(
                    catalog,
                    uploads,
                    chapters,
                    new Search(api, storage.blobs(), storage.cache()),
                    new Downloads(api),
                    new Resources(api),
                    new Trash(api, cached, clock),
                    new BookBatches(api, engine.queue(), new BookLists(api, watch), cached, clock)),
                storage.blobs(),
                watch,
                watchers),
            new ReadingGrpcService(
                lifecycle.add(new ReadingProgress(api, new CachedProgress(storage.cache()), clock)),
                new ProgressHistory(api),
                new Annotations(api, texts, clock),
                new Sessions(api, clock),
                new Statistics(api, clock),
                watchers),
            new ChangesGrpcService(
                new ChangeFeed(api), lifecycle.add(new ChangeWatch(scheduler)), watchers),
            new AnalysisGrpcService(
                new Findings(api),
                new Portraits(api),
                new Figures(api),
                new Reanalysis(api, engine.queue(), watch, clock)),
            collections(storage, watch, cached, clock),
            new FiltersGrpcService(new Facets(api), new SavedFilters(api, clock)),
            new LocatorsGrpcService(
                new Places(new ChapterSources(api, storage.blobs(), storage.cache()))),
            new JobGrpcService(engine.jobs(), engine.control(), watchers),
            new FleetGrpcService(fleet, watchers),
            new WorkGrpcService(fleet, engine.dispatcher(), storage.blobs(), fleetSettings)));
    engine.start();
    fleet.start();
    textIndex.start();
    lifecycle.add(textIndex);
    return new Features(engine, fleet, List.copyOf(services), jobSettings.maxJobsOfOwner());
  }

  private static CollectionsGrpcService collections(
      Storage storage, BookWatch watch, CachedBooks cached, InstantSource clock) {
    Database api = storage.databases().api();
    Database system = storage.databases().scheduler();
    return new CollectionsGrpcService(
        new Collections(api, new BookLists(api, watch), cached::changed, clock),
        new Shelves(api, cached::changed, clock),
        new CollectionShares(system, new Readers(system, clock), cached::changed, clock));
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
