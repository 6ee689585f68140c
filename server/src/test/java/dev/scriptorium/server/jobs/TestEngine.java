package dev.scriptorium.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.blob.FileBlobStore;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.Job.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A queue on a real database, with books that are nothing but a file, and results that are one
 * line: {@code ok}, {@code next KIND}, {@code invalid} or {@code defect}. An effect is a row of the
 * table {@code effect}.
 */
public final class TestEngine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TestDatabase database;
  private final BlobStore blobs;
  private final JobEngine engine;
  private final StoredBlob file;
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private final Set<UUID> goneBooks = ConcurrentHashMap.newKeySet();
  private final List<Job> retried = new ArrayList<>();
  private final CountDownLatch dead = new CountDownLatch(1);

  /** What a listener was told. */
  record Change(long job, State state, int percent) {}

  TestEngine(TestDatabase database, Path folder, FakeClock clock, JobSettings settings)
      throws IOException {
    this.database = database;
    this.blobs = new FileBlobStore(folder, 0, clock);
    this.file = store("a book");
    Applier applier = new Applier();
    engine =
        new JobEngine(
            new JobEngine.Parts(
                database.api(),
                database.scheduler(),
                blobs,
                this::inputs,
                Map.of("inspect", applier, "parse", applier, "analyze", applier),
                List.of(
                    (job, state, percent, activity) ->
                        changes.add(new Change(job.id(), state, percent))),
                clock,
                dead::countDown),
            settings,
            Duration.ofDays(30));
    engine.start();
  }

  /** A queue that inherits from nobody. */
  public static TestEngine open(TestDatabase database, Path folder, FakeClock clock)
      throws IOException {
    return open(database, folder, clock, UUID.randomUUID().toString());
  }

  /** A queue with the defaults of a server, which inherits only from its namesakes. */
  static TestEngine open(TestDatabase database, Path folder, FakeClock clock, String name)
      throws IOException {
    JobSettings usual = JobSettings.of(name);
    return new TestEngine(
        database,
        folder,
        clock,
        new JobSettings(
            name,
            100,
            1000,
            usual.kinds(),
            usual.otherKinds(),
            usual.limits(),
            usual.retryBase(),
            usual.retryCeiling(),
            usual.patience(),
            usual.heartbeat(),
            Duration.ofDays(1)));
  }

  /** A clock at a fixed instant. */
  public static FakeClock clock() {
    return new FakeClock(Instant.parse("2030-01-01T00:00:00Z"));
  }

  /** Makes the table {@code effect}. */
  public static void createEffects(TestDatabase database) throws SQLException {
    var login = database.superuser();
    try (Connection connection =
            DriverManager.getConnection(login.url(), login.user(), login.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create table scriptorium.effect (job_id bigint, what text)");
      statement.execute("create table scriptorium.narrow (value text check (value = 'x'))");
      statement.execute(
          "grant all on scriptorium.effect, scriptorium.narrow to scriptorium_scheduler");
    }
  }

  /** The queue itself. */
  public JobEngine engine() {
    return engine;
  }

  /** Where results are. */
  public BlobStore blobs() {
    return blobs;
  }

  /** Waits until the queue was told that another server has taken over. */
  void awaitDeath() throws InterruptedException {
    assertThat(dead.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /** Waits until the fate of every transaction is known. */
  void awaitNothingInDoubt() {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (engine.inDoubt() > 0) {
      assertThat(System.nanoTime()).isLessThan(until);
      LockSupport.parkNanos(1_000_000);
    }
  }

  List<Job> retried() {
    return retried;
  }

  /** Stores some bytes. */
  public StoredBlob store(String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try (BlobStore.BlobWriter writer = blobs.create()) {
      writer.write(ByteBuffer.wrap(bytes));
      return new StoredBlob(writer.commit(), bytes.length);
    }
  }

  /** A new job for a book of its own. */
  public static NewJob job(UUID owner, String kind) {
    return job(owner, UUID.randomUUID(), kind);
  }

  /** A new job for a book. */
  public static NewJob job(UUID owner, UUID book, String kind, Long... after) {
    return new NewJob(owner, book, kind, "text/plain", 2, 0, 0, List.of(after), Terms.USUAL);
  }

  /** Commits jobs as a call of the API does. */
  public List<Job> enqueue(NewJob... jobs) {
    Enqueuer.Batch batch =
        database
            .api()
            .inTransaction(
                jobs[0].owner(), handle -> engine.queue().enqueue(handle, List.of(jobs)));
    batch.committed();
    return batch.jobs();
  }

  void loseBook(UUID book) {
    goneBooks.add(book);
  }

  private Optional<BookInputs> inputs(Handle handle, Job job) {
    return goneBooks.contains(job.book())
        ? Optional.empty()
        : Optional.of(new BookInputs("book.txt", "en", file, file));
  }

  /** What took effect of a job. */
  List<String> effects(long job) {
    return database
        .scheduler()
        .inTransaction(
            handle ->
                handle
                    .createQuery("select what from effect where job_id = :job")
                    .bind("job", job)
                    .mapTo(String.class)
                    .list());
  }

  /** Endings of a job's attempts, first to last, as {@code ENDING REASON}. */
  List<String> endings(long job) {
    return database
        .scheduler()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        "select trim(ending || ' ' || coalesce(reason, '')) from outcome"
                            + " where job_id = :job order by attempt")
                    .bind("job", job)
                    .mapTo(String.class)
                    .list());
  }

  /** Waits until a job is told to be in a state. */
  public void await(long job, State state) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Change change = changes.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (change == null) {
        throw new AssertionError("job " + job + " did not become " + state);
      }
      if (change.job() == job && change.state() == state) {
        return;
      }
    }
  }

  /** Ends the process: nothing more is written. */
  void kill() {
    engine.close(Duration.ZERO);
  }

  @Override
  public void close() {
    engine.close(Duration.ofSeconds(5));
  }

  private final class Applier implements ResultApplier {
    @Override
    public List<NewJob> succeeded(
        Handle handle, Job job, InputStream result, @Nullable StoredBlob pack)
        throws IOException, ResultInvalidException {
      String line = new String(result.readAllBytes(), StandardCharsets.UTF_8);
      write(handle, job, line);
      return switch (line) {
        case "invalid" -> throw new ResultInvalidException("chapter 3 has no text");
        case "defect" -> {
          handle.execute("insert into narrow (value) values ('y')");
          yield List.of();
        }
        case "next" -> List.of(job(job.owner(), job.book(), "analyze"));
        default -> List.of();
      };
    }

    @Override
    public void failed(Handle handle, Job job, Failure failure) {
      write(handle, job, "failed " + PostgresOutcomeStore.reasonName(failure.getReason()));
    }

    @Override
    public void retried(Handle handle, Job job) {
      retried.add(job);
    }

    private void write(Handle handle, Job job, String what) {
      handle
          .createUpdate("insert into effect (job_id, what) values (:job, :what)")
          .bind("job", job.id())
          .bind("what", what)
          .execute();
    }
  }

  /** A hash of nothing that is stored. */
  static Sha256 unknownBlob() {
    return new Sha256("ab".repeat(32));
  }
}
