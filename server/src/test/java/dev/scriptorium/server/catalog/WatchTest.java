package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.Job.State;
import dev.scriptorium.v1.Stage;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.WatchBookRequest;
import dev.scriptorium.v1.WatchBookResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private Book book;
  private UUID id;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    book = library.upload(owner, "text");
    id = BookName.parse("name", book.getName()).id();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void aWatcherSeesEveryStageAndThenTheEnd() throws Exception {
    Frames frames = watch();
    assertThat(frames.next().getBook().getState()).isEqualTo(Book.State.STATE_UPLOADED);

    Job inspect = library.job(id, "inspect");
    library.watch.changed(inspect, State.STATE_RUNNING, 40, "reading metadata");
    WatchBookResponse running = frames.until(frame -> !frame.getActivity().isEmpty());
    assertThat(running.getActivity()).isEqualTo("inspect: reading metadata");
    assertThat(running.getBook().getStages(0).getPercent()).isEqualTo(40);
    assertThat(running.getBook().getStages(0).getState()).isEqualTo(Stage.State.STATE_RUNNING);

    library.apply(inspect, SampleResults.inspected());
    assertThat(frames.until(state(Book.State.STATE_INSPECTED)).getActivity()).isEmpty();

    List<Job> analysis =
        library.commit(library.apply(library.job(id, "parse"), SampleResults.parsed()));
    frames.until(state(Book.State.STATE_READABLE));

    library.watch.changed(analysis.get(0), State.STATE_RUNNING, 50, "");
    WatchBookResponse analyzing = frames.until(frame -> !frame.getActivity().isEmpty());
    assertThat(analyzing.getActivity()).isEqualTo("analyze");
    assertThat(analyzing.getBook().getStages(2).getPercent()).isEqualTo(25);

    library.apply(analysis.get(0), SampleResults.analyzed());
    library.apply(analysis.get(1), SampleResults.summarized());
    WatchBookResponse last = frames.until(state(Book.State.STATE_ANALYZED));
    assertThat(last.getBook().getStages(2).getPercent()).isEqualTo(100);
    frames.assertEndedWell();
  }

  @Test
  void theEndOfAnImportThatFailedEndsTheStream() throws Exception {
    Frames frames = watch();
    frames.next();

    library.fail(
        library.job(id, "inspect"),
        Failure.newBuilder().setReason(ErrorReason.ERROR_REASON_FILE_CORRUPT).build());

    WatchBookResponse last = frames.until(state(Book.State.STATE_FAILED));
    assertThat(last.getBook().getFailure().getReason())
        .isEqualTo(ErrorReason.ERROR_REASON_FILE_CORRUPT);
    frames.assertEndedWell();
  }

  @Test
  void whatAnotherServerAppliesIsSeenWithoutAnyEvent() throws Exception {
    Frames frames = watch();
    frames.next();

    library.applySilently(library.job(id, "inspect"), SampleResults.inspected());

    frames.until(state(Book.State.STATE_INSPECTED));
  }

  @Test
  void aChangeByTheOwnerIsSeen() throws Exception {
    Frames frames = watch();
    frames.next();

    library
        .catalog(owner)
        .updateBook(
            UpdateBookRequest.newBuilder()
                .setBook(Book.newBuilder().setName(book.getName()).setTitle("New"))
                .build());

    frames.until(frame -> frame.getBook().getTitle().equals("New"));
  }

  @Test
  void aThousandEventsMakeAFewFramesAndTheLastOneIsTheNewest() throws Exception {
    Frames frames = watch();
    frames.next();
    Job inspect = library.job(id, "inspect");

    for (int i = 1; i <= 1000; i++) {
      library.watch.changed(inspect, State.STATE_RUNNING, i / 11, "step " + i);
    }

    frames.until(frame -> frame.getActivity().equals("inspect: step 1000"));
    assertThat(frames.seen).isLessThan(30);
  }

  @Test
  void aClientThatDoesNotReadGetsTheNewestStateWhenItDoes() throws Exception {
    Frames frames = new Frames(false);
    library.asyncCatalog(owner).watchBook(request(), frames);
    Job inspect = library.job(id, "inspect");
    for (int i = 1; i <= 100; i++) {
      library.watch.changed(inspect, State.STATE_RUNNING, i / 2, "step " + i);
    }

    frames.call.get(10, TimeUnit.SECONDS).request(100);

    frames.until(frame -> frame.getActivity().equals("inspect: step 100"));
  }

  @Test
  void aCancelledWatcherIsForgotten() throws Exception {
    Frames frames = watch();
    frames.next();
    assertThat(library.watch.watcherCount()).isEqualTo(1);

    frames.call.get(10, TimeUnit.SECONDS).cancel("enough", null);

    awaitNobodyWatches();
  }

  @Test
  void aWatcherIsForgottenWhenTheServerClosesItsStream() throws Exception {
    Frames frames = watch();
    frames.next();

    library.drain.closeStreams();

    awaitNobodyWatches();
  }

  @Test
  void finishedJobsLeaveNoTrace() {
    Job inspect = library.job(id, "inspect");

    library.watch.changed(inspect, State.STATE_RUNNING, 1, "x");
    assertThat(library.watch.live(id)).hasSize(1);
    library.watch.changed(inspect, State.STATE_WAITING, 0, "");

    assertThat(library.watch.live(id)).isEmpty();
  }

  private void awaitNobodyWatches() {
    for (int i = 0; i < 150 && library.watch.watcherCount() > 0; i++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(library.watch.watcherCount()).isZero();
  }

  private Frames watch() {
    Frames frames = new Frames(true);
    library.asyncCatalog(owner).watchBook(request(), frames);
    return frames;
  }

  private WatchBookRequest request() {
    return WatchBookRequest.newBuilder().setName(book.getName()).build();
  }

  private static Predicate<WatchBookResponse> state(Book.State state) {
    return frame -> frame.getBook().getState() == state;
  }

  /** Takes the frames of one call. */
  private static final class Frames
      implements ClientResponseObserver<WatchBookRequest, WatchBookResponse> {
    final CompletableFuture<ClientCallStreamObserver<WatchBookRequest>> call =
        new CompletableFuture<>();
    private final LinkedBlockingQueue<WatchBookResponse> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final boolean reads;
    int seen;

    Frames(boolean reads) {
      this.reads = reads;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchBookRequest> stream) {
      if (!reads) {
        stream.disableAutoRequestWithInitial(0);
      }
      call.complete(stream);
    }

    @Override
    public void onNext(WatchBookResponse frame) {
      frames.add(frame);
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
      end.complete(true);
    }

    WatchBookResponse next() throws InterruptedException {
      @Nullable WatchBookResponse frame = frames.poll(10, TimeUnit.SECONDS);
      assertThat(frame).as("a frame within 10 seconds").isNotNull();
      seen++;
      return frame;
    }

    WatchBookResponse until(Predicate<WatchBookResponse> wanted) throws InterruptedException {
      WatchBookResponse frame = next();
      while (!wanted.test(frame)) {
        frame = next();
      }
      return frame;
    }

    void assertEndedWell() throws Exception {
      assertThat(end.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(frames).isEmpty();
    }
  }
}
