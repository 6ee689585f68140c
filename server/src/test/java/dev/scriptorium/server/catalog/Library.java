package dev.scriptorium.server.catalog;

import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.analysis.AnalysisChoices;
import dev.scriptorium.server.analysis.AnalysisGrpcService;
import dev.scriptorium.server.analysis.AnalyzeResults;
import dev.scriptorium.server.analysis.Figures;
import dev.scriptorium.server.analysis.Findings;
import dev.scriptorium.server.analysis.Portraits;
import dev.scriptorium.server.analysis.Reanalysis;
import dev.scriptorium.server.analysis.SummarizeResults;
import dev.scriptorium.server.blob.FileBlobStore;
import dev.scriptorium.server.catalog.result.InspectResults;
import dev.scriptorium.server.catalog.result.ParseResults;
import dev.scriptorium.server.changes.ChangeFeed;
import dev.scriptorium.server.changes.ChangeWatch;
import dev.scriptorium.server.changes.ChangesGrpcService;
import dev.scriptorium.server.collections.CollectionShares;
import dev.scriptorium.server.collections.Collections;
import dev.scriptorium.server.collections.CollectionsGrpcService;
import dev.scriptorium.server.collections.Shelves;
import dev.scriptorium.server.database.Databases;
import dev.scriptorium.server.identity.Readers;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.ResultApplier;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.server.places.LocatorsGrpcService;
import dev.scriptorium.server.places.Places;
import dev.scriptorium.server.reading.Annotations;
import dev.scriptorium.server.reading.CachedProgress;
import dev.scriptorium.server.reading.ProgressHistory;
import dev.scriptorium.server.reading.ReadingGrpcService;
import dev.scriptorium.server.reading.ReadingProgress;
import dev.scriptorium.server.reading.Sessions;
import dev.scriptorium.server.reading.Statistics;
import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.Drain;
import dev.scriptorium.server.wire.Role;
import dev.scriptorium.server.wire.StatusInterceptor;
import dev.scriptorium.v1.AnalysisGrpc;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.ChangesGrpc;
import dev.scriptorium.v1.CollectionsGrpc;
import dev.scriptorium.v1.DuplicatesGrpc;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.FiltersGrpc;
import dev.scriptorium.v1.LocatorsGrpc;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.v1.UploadsGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Catalog, analysis and reading behind in-process gRPC, over a real database and real blobs. */
public final class Library {
  public static final long MAX_BYTES = 8 << 20;
  public static final Duration KEEP_UPLOADS = Duration.ofHours(24);
  private static final Metadata.Key<String> OWNER =
      Metadata.Key.of("owner", Metadata.ASCII_STRING_MARSHALLER);

  public final FakeClock clock = new FakeClock(Instant.parse("2026-11-02T10:00:00Z"));
  public final FakeEnqueuer jobs = new FakeEnqueuer(clock);
  public final BookWatch watch = new BookWatch();
  public final FileBlobStore blobs;
  public final Drain drain = new Drain();
  public final CountingCache cache = new CountingCache();
  public final CachedBooks cached = new CachedBooks(cache);
  public final List<String> choices = new CopyOnWriteArrayList<>();
  private final Databases database;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReadingProgress progress;
  private final ChangeWatch changes;
  private final Server server;
  private final ManagedChannel channel;
  private final Map<String, ResultApplier> appliers;

  public Library(Databases database, Path folder) throws IOException {
    this.database = database;
    this.blobs = new FileBlobStore(folder, 0, clock);
    this.appliers =
        Map.of(
            "inspect", new InspectResults(clock),
            "parse", new ParseResults(new ChapterTexts(blobs, cache), clock),
            "analyze", new AnalyzeResults(clock),
            "summarize", new SummarizeResults(clock));
    this.progress = new ReadingProgress(database.api(), new CachedProgress(cache), clock);
    this.changes = new ChangeWatch(database.scheduler());
    String name = UUID.randomUUID().toString();
    this.server =
        InProcessServerBuilder.forName(name)
            .executor(threads)
            .addService(catalog())
            .addService(uploads())
            .addService(new DuplicatesGrpcService(new Duplicates(database.api())))
            .addService(reading())
            .addService(new ChangesGrpcService(new ChangeFeed(database.api()), changes, threads))
            .addService(analysis())
            .addService(collections())
            .addService(
                new FiltersGrpcService(
                    new Facets(database.api()), new SavedFilters(database.api(), clock)))
            .addService(
                new LocatorsGrpcService(
                    new Places(new ChapterSources(database.api(), blobs, cache))))
            .intercept(drain)
            .intercept(new StatusInterceptor())
            .intercept(new NamedOwner())
            .build()
            .start();
    this.channel = InProcessChannelBuilder.forName(name).executor(threads).build();
  }

  private AnalysisGrpcService analysis() {
    return new AnalysisGrpcService(
        new Findings(database.api()),
        new Portraits(database.api()),
        new Figures(database.api()),
        new Reanalysis(database.api(), jobs, watch, clock),
        new AnalysisChoices(
            database.scheduler(),
            (_, caller, user, choice) -> choices.add(caller.owner() + " " + user + " " + choice),
            clock));
  }

  private CollectionsGrpcService collections() {
    return new CollectionsGrpcService(
        new Collections(
            database.api(), new BookLists(database.api(), watch), cached::changed, clock),
        new Shelves(database.api(), cached::changed, clock),
        new CollectionShares(
            database.scheduler(),
            new Readers(database.scheduler(), clock),
            cached::changed,
            clock));
  }

  private CatalogGrpcService catalog() {
    return new CatalogGrpcService(
        new CatalogGrpcService.Rules(
            new Catalog(database.api(), jobs, watch, cached, clock),
            new Uploads(database.api(), jobs, clock, MAX_BYTES),
            new Chapters(database.api(), blobs, cache, cached),
            new Search(database.api(), blobs, cache),
            new Downloads(database.api()),
            new Resources(database.api()),
            new Trash(database.api(), cached, clock),
            new BookBatches(
                database.api(), jobs, new BookLists(database.api(), watch), cached, clock)),
        blobs,
        watch,
        threads);
  }

  private UploadsGrpcService uploads() {
    ResumableUploads resumable =
        new ResumableUploads(
            database.api(),
            new Uploads(database.api(), jobs, clock, MAX_BYTES),
            new ResumableUploads.Bytes(blobs, blobs.partials()),
            new ResumableUploads.Settings("here", KEEP_UPLOADS),
            clock);
    return new UploadsGrpcService(
        resumable, new Replacements(database.api(), resumable, jobs, clock));
  }

  /** What the housekeeping does with uploads. */
  public UploadSweep uploadSweep() {
    return new UploadSweep(database.scheduler(), blobs.partials(), clock);
  }

  private ReadingGrpcService reading() {
    return new ReadingGrpcService(
        progress,
        new ProgressHistory(database.api()),
        new Annotations(database.api(), new ChapterTexts(blobs, cache), clock),
        new Sessions(database.api(), clock),
        new Statistics(database.api(), clock),
        threads);
  }

  /** Indexes all titles and texts that wait. */
  public void indexTexts() {
    TextIndex texts = new TextIndex(database.scheduler(), blobs, cache);
    while (texts.takeUpTitles()) {
      // Some each time.
    }
    while (texts.indexNext()) {
      // One book each time.
    }
  }

  public CatalogGrpc.CatalogBlockingStub catalog(UUID owner) {
    return CatalogGrpc.newBlockingStub(channel).withInterceptors(as(owner));
  }

  public CatalogGrpc.CatalogStub asyncCatalog(UUID owner) {
    return CatalogGrpc.newStub(channel).withInterceptors(as(owner));
  }

  public UploadsGrpc.UploadsBlockingStub uploads(UUID owner) {
    return UploadsGrpc.newBlockingStub(channel).withInterceptors(as(owner));
  }

  public DuplicatesGrpc.DuplicatesBlockingStub duplicates(UUID owner) {
    return DuplicatesGrpc.newBlockingStub(channel).withInterceptors(as(owner));
  }

  public UploadsGrpc.UploadsStub asyncUploads(UUID owner) {
    return UploadsGrpc.newStub(channel).withInterceptors(as(owner));
  }

  public AnalysisGrpc.AnalysisBlockingStub analysis(UUID owner) {
    return AnalysisGrpc.newBlockingStub(channel).withInterceptors(as(owner));
  }

  public CollectionsGrpc.CollectionsBlockingStub collections(UUID owner) {
    return CollectionsGrpc.newBlockingStub(channel).withInterceptors(as(owner));
  }

  public FiltersGrpc.FiltersBlockingStub filters(UUID owner) {
    return FiltersGrpc.newBlockingStub(channel).withInterceptors(as(owner));
  }

  public LocatorsGrpc.LocatorsBlockingStub locators(UUID owner) {
    return LocatorsGrpc.newBlockingStub(channel).withInterceptors(as(owner));
  }

  public ReadingGrpc.ReadingBlockingStub reading(UUID owner) {
    return ReadingGrpc.newBlockingStub(channel).withInterceptors(as(owner));
  }

  public ChangesGrpc.ChangesBlockingStub changes(UUID owner) {
    return ChangesGrpc.newBlockingStub(channel).withInterceptors(as(owner));
  }

  public ChangesGrpc.ChangesStub asyncChanges(UUID owner) {
    return ChangesGrpc.newStub(channel).withInterceptors(as(owner));
  }

  /** Any call of an owner. */
  public Channel channel(UUID owner) {
    return ClientInterceptors.intercept(channel, as(owner));
  }

  /** Uploads a plain text. */
  public dev.scriptorium.v1.Book upload(UUID owner, String text) {
    return new Uploader(asyncCatalog(owner)).text("book.txt", text).getBook();
  }

  /** The committed job of a kind of a book. */
  public Job job(UUID book, String kind) {
    return jobs.committed.stream()
        .filter(job -> job.book().equals(book) && job.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  /** Applies a result in a transaction of the scheduler's role, and tells the listener. */
  public List<NewJob> apply(Job job, TestResult result) throws IOException, ResultInvalidException {
    List<NewJob> next = applySilently(job, result);
    tell(job, dev.scriptorium.v1.Job.State.STATE_SUCCEEDED);
    return next;
  }

  /** Applies a result as another server would: nobody here hears of it. */
  public List<NewJob> applySilently(Job job, TestResult result)
      throws IOException, ResultInvalidException {
    StoredBlob pack = result.pack(blobs);
    return this.<List<NewJob>>transaction(
        handle -> applier(job).succeeded(handle, job, result.stream(), pack));
  }

  /** Lets a job fail for good. */
  public void fail(Job job, Failure failure) throws IOException, ResultInvalidException {
    transaction(
        handle -> {
          applier(job).failed(handle, job, failure);
          return true;
        });
    tell(job, dev.scriptorium.v1.Job.State.STATE_FAILED);
  }

  private void tell(Job job, dev.scriptorium.v1.Job.State state) {
    cached.changed(job, state, 100, "");
    watch.changed(job, state, 100, "");
  }

  /** Opens the stage of a failed job again. */
  public void retry(Job job) throws IOException, ResultInvalidException {
    transaction(
        handle -> {
          applier(job).retried(handle, job);
          return true;
        });
    cached.changed(job, dev.scriptorium.v1.Job.State.STATE_WAITING, 0, "");
  }

  /** Commits jobs that an applier asked for. */
  public List<Job> commit(List<NewJob> next) throws IOException, ResultInvalidException {
    return transaction(
        handle -> {
          var batch = jobs.enqueue(handle, next);
          batch.committed();
          return batch.jobs();
        });
  }

  private ResultApplier applier(Job job) {
    ResultApplier applier = appliers.get(job.kind());
    if (applier == null) {
      throw new AssertionError("no applier for " + job.kind());
    }
    return applier;
  }

  private interface Work<T> {
    T run(org.jdbi.v3.core.Handle handle) throws IOException, ResultInvalidException;
  }

  private <T> T transaction(Work<T> work) throws IOException, ResultInvalidException {
    try {
      return database
          .scheduler()
          .<T, Exception>inTransaction((org.jdbi.v3.core.Handle handle) -> work.run(handle));
    } catch (IOException | ResultInvalidException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Ends every call and thread. */
  public void stop() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    threads.shutdownNow();
    changes.close();
    progress.close();
  }

  private static io.grpc.ClientInterceptor as(UUID owner) {
    Metadata headers = new Metadata();
    headers.put(OWNER, owner.toString());
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  /** Stands for authentication. */
  private static final class NamedOwner implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Caller caller = new Caller(UUID.fromString(headers.get(OWNER)), "test", Role.LIBRARIAN);
      Context context = Context.current().withValue(Caller.KEY, caller);
      return Contexts.interceptCall(context, call, headers, next);
    }
  }
}
