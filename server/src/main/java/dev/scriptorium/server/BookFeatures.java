package dev.scriptorium.server;

import dev.scriptorium.server.Housekeeping.Chore;
import dev.scriptorium.server.analysis.AnalysisChoices;
import dev.scriptorium.server.analysis.AnalysisGrpcService;
import dev.scriptorium.server.analysis.Figures;
import dev.scriptorium.server.analysis.Findings;
import dev.scriptorium.server.analysis.Portraits;
import dev.scriptorium.server.analysis.Reanalysis;
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
import dev.scriptorium.server.catalog.Duplicates;
import dev.scriptorium.server.catalog.DuplicatesGrpcService;
import dev.scriptorium.server.catalog.Facets;
import dev.scriptorium.server.catalog.FiltersGrpcService;
import dev.scriptorium.server.catalog.Replacements;
import dev.scriptorium.server.catalog.Resources;
import dev.scriptorium.server.catalog.ResumableUploads;
import dev.scriptorium.server.catalog.SavedFilters;
import dev.scriptorium.server.catalog.Search;
import dev.scriptorium.server.catalog.Trash;
import dev.scriptorium.server.catalog.UploadSweep;
import dev.scriptorium.server.catalog.Uploads;
import dev.scriptorium.server.catalog.UploadsGrpcService;
import dev.scriptorium.server.catalog.Warming;
import dev.scriptorium.server.changes.ChangeFeed;
import dev.scriptorium.server.changes.ChangeUpkeep;
import dev.scriptorium.server.changes.ChangeWatch;
import dev.scriptorium.server.changes.ChangesGrpcService;
import dev.scriptorium.server.collections.CollectionShares;
import dev.scriptorium.server.collections.Collections;
import dev.scriptorium.server.collections.CollectionsGrpcService;
import dev.scriptorium.server.collections.Shelves;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.identity.AuditLog;
import dev.scriptorium.server.identity.Readers;
import dev.scriptorium.server.jobs.Enqueuer;
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
import io.grpc.BindableService;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The features about books, built and connected: catalog, reading, changes, findings, collections.
 * For one use.
 */
final class BookFeatures {
  private final Storage storage;
  private final ServerConfig config;
  private final Enqueuer queue;
  private final Known known;
  private final InstantSource clock;
  private final Lifecycle lifecycle;
  private final Executor watchers;
  private final Database api;
  private final Database system;

  /**
   * What is known of books in this process.
   *
   * @param watch wakes those who watch a book
   * @param cached books and chapters
   * @param texts of chapters
   * @param warming reads ahead
   */
  record Known(BookWatch watch, CachedBooks cached, ChapterTexts texts, Warming warming) {
    /** Nothing yet. */
    static Known of(Storage storage) {
      BookWatch watch = new BookWatch();
      return new Known(
          watch,
          new CachedBooks(storage.cache()),
          new ChapterTexts(storage.blobs(), storage.cache()),
          new Warming(storage.databases().scheduler(), watch));
    }
  }

  /**
   * @param lifecycle gets what is started
   * @param watchers runs one task a streaming call, each for as long as the call: virtual threads
   */
  BookFeatures(
      Storage storage,
      ServerConfig config,
      Enqueuer queue,
      Known known,
      InstantSource clock,
      Lifecycle lifecycle,
      Executor watchers) {
    this.storage = storage;
    this.config = config;
    this.queue = queue;
    this.known = known;
    this.clock = clock;
    this.lifecycle = lifecycle;
    this.watchers = watchers;
    this.api = storage.databases().api();
    this.system = storage.databases().scheduler();
  }

  /**
   * Builds and starts them.
   *
   * @param server name of this server, kept with unfinished uploads
   */
  List<BindableService> services(String server) {
    Uploads uploads = new Uploads(api, queue, clock, config.maxUpload().bytes());
    return List.of(
        catalog(uploads),
        uploads(uploads, server),
        new DuplicatesGrpcService(new Duplicates(api)),
        new FiltersGrpcService(new Facets(api), new SavedFilters(api, clock)),
        collections(),
        new LocatorsGrpcService(
            new Places(new ChapterSources(api, storage.blobs(), storage.cache()))),
        reading(),
        changes(),
        analysis());
  }

  /** What has to be removed from time to time. */
  List<Chore> chores() {
    AnnotationPurge annotations = new AnnotationPurge(system, clock);
    ChangeUpkeep changes = new ChangeUpkeep(system, clock);
    UploadSweep uploads = new UploadSweep(system, storage.blobs().partials(), clock);
    Trash trash = new Trash(system, known.cached(), clock);
    return List.of(
        Chore.hourly("deleted books", trash::purgeDue),
        Chore.hourly("deleted annotations", annotations::run),
        Chore.hourly("old changes", changes::forgetOld),
        Chore.hourly("abandoned uploads", uploads::run));
  }

  private CatalogGrpcService catalog(Uploads uploads) {
    CachedBooks cached = known.cached();
    BookLists lists = new BookLists(api, known.watch());
    Catalog catalog = new Catalog(api, queue, known.watch(), cached, clock);
    Chapters chapters = new Chapters(api, storage.blobs(), storage.cache(), cached);
    known.warming().start(catalog, chapters);
    lifecycle.add(known.warming());
    return new CatalogGrpcService(
        new CatalogGrpcService.Rules(
            catalog,
            uploads,
            chapters,
            new Search(api, storage.blobs(), storage.cache()),
            new Downloads(api),
            new Resources(api),
            new Trash(api, cached, clock),
            new BookBatches(api, queue, lists, cached, clock)),
        storage.blobs(),
        known.watch(),
        watchers);
  }

  private UploadsGrpcService uploads(Uploads uploads, String server) {
    ResumableUploads resumable =
        new ResumableUploads(
            api,
            uploads,
            new ResumableUploads.Bytes(storage.blobs(), storage.blobs().partials()),
            new ResumableUploads.Settings(server, config.keepUploads()),
            clock);
    return new UploadsGrpcService(resumable, new Replacements(api, resumable, queue, clock));
  }

  private CollectionsGrpcService collections() {
    CachedBooks cached = known.cached();
    return new CollectionsGrpcService(
        new Collections(api, new BookLists(api, known.watch()), cached::changed, clock),
        new Shelves(api, cached::changed, clock),
        new CollectionShares(system, new Readers(system, clock), cached::changed, clock));
  }

  private ReadingGrpcService reading() {
    return new ReadingGrpcService(
        lifecycle.add(new ReadingProgress(api, new CachedProgress(storage.cache()), clock)),
        new ProgressHistory(api),
        new Annotations(api, known.texts(), clock),
        new Sessions(api, clock),
        new Statistics(api, clock),
        watchers);
  }

  private ChangesGrpcService changes() {
    new ChangeUpkeep(system, clock).begin();
    return new ChangesGrpcService(
        new ChangeFeed(api), lifecycle.add(new ChangeWatch(system)), watchers);
  }

  private AnalysisGrpcService analysis() {
    return new AnalysisGrpcService(
        new Findings(api),
        new Portraits(api),
        new Figures(api),
        new Reanalysis(api, queue, known.watch(), clock),
        new AnalysisChoices(system, analysisJournal(new AuditLog(system, clock)), clock));
  }

  private static AnalysisChoices.Journal analysisJournal(AuditLog audit) {
    return (handle, caller, user, choice) ->
        audit.done(handle, caller, "UpdateAnalysisSettings", user, choice);
  }
}
