package dev.scriptorium.loadtest.system;

import com.google.protobuf.ByteString;
import dev.scriptorium.v1.AnalysisGrpc;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.CatalogGrpc;
import dev.scriptorium.v1.Chapter;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.FleetGrpc;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.IdentityGrpc;
import dev.scriptorium.v1.Job;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.ListChaptersRequest;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListJobsRequest;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListWorkersRequest;
import dev.scriptorium.v1.OperationsGrpc;
import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.ReadingGrpc;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import dev.scriptorium.v1.Worker;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Calls with one key, by the generated stubs alone: no client code stands between. Thread-safe. */
public final class Api implements AutoCloseable {
  private static final int CHUNK = 256 * 1024;
  private static final long CALL_SECONDS = 30;

  private final ManagedChannel channel;
  private final Metadata headers = new Metadata();

  private Api(ManagedChannel channel, String key) {
    this.channel = channel;
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
  }

  /** Opens a plaintext channel to a server on this machine. */
  public static Api connect(String address, String key) {
    return new Api(NettyChannelBuilder.forTarget(address).usePlaintext().build(), key);
  }

  /** Catalog calls that do not wait. */
  public CatalogGrpc.CatalogFutureStub futureCatalog() {
    return prepared(CatalogGrpc.newFutureStub(channel));
  }

  /** Catalog calls. */
  public CatalogGrpc.CatalogBlockingStub catalog() {
    return prepared(CatalogGrpc.newBlockingStub(channel));
  }

  /** Analysis calls. */
  public AnalysisGrpc.AnalysisBlockingStub analysis() {
    return prepared(AnalysisGrpc.newBlockingStub(channel));
  }

  /** Reading calls. */
  public ReadingGrpc.ReadingBlockingStub reading() {
    return prepared(ReadingGrpc.newBlockingStub(channel));
  }

  /** Job calls. */
  public JobsGrpc.JobsBlockingStub jobs() {
    return prepared(JobsGrpc.newBlockingStub(channel));
  }

  /** Fleet calls. */
  public FleetGrpc.FleetBlockingStub fleet() {
    return prepared(FleetGrpc.newBlockingStub(channel));
  }

  /** Identity calls. */
  public IdentityGrpc.IdentityBlockingStub identity() {
    return prepared(IdentityGrpc.newBlockingStub(channel));
  }

  /** Operations calls. */
  public OperationsGrpc.OperationsBlockingStub operations() {
    return prepared(OperationsGrpc.newBlockingStub(channel));
  }

  /** Uploads a file under its own name. */
  public UploadBookResponse upload(Path file) throws IOException {
    return upload(
        UploadHeader.newBuilder()
            .setFileName(file.getFileName().toString())
            .setSizeBytes(Files.size(file))
            .build(),
        file);
  }

  /**
   * Uploads a file under a header of the caller's choice.
   *
   * @throws io.grpc.StatusRuntimeException what the server answered
   */
  public UploadBookResponse upload(UploadHeader header, Path file) throws IOException {
    CompletableFuture<UploadBookResponse> answer = new CompletableFuture<>();
    StreamObserver<UploadBookRequest> call =
        prepared(CatalogGrpc.newStub(channel)).uploadBook(new Answer<>(answer));
    call.onNext(UploadBookRequest.newBuilder().setHeader(header).build());
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] chunk = bytes.readNBytes(CHUNK);
      while (chunk.length > 0 && !answer.isDone()) {
        call.onNext(UploadBookRequest.newBuilder().setChunk(ByteString.copyFrom(chunk)).build());
        chunk = bytes.readNBytes(CHUNK);
      }
    }
    if (!answer.isDone()) {
      call.onCompleted();
    }
    return result(answer);
  }

  /** Waits until the workers together have so many runners that are ready. */
  public void awaitRunners(int wanted, Duration bound) {
    int _ =
        Await.until(
            wanted + " ready runners",
            bound,
            () ->
                fleet()
                    .listWorkers(ListWorkersRequest.getDefaultInstance())
                    .getWorkersList()
                    .stream()
                    .mapToInt(Worker::getRunners)
                    .sum(),
            runners -> runners >= wanted);
  }

  /** Waits until the book satisfies a condition. */
  public Book awaitBook(String name, Duration bound, Predicate<Book> good) {
    return Await.until(name, bound, () -> book(name), good);
  }

  /** The book, FULL view. */
  public Book book(String name) {
    return catalog().getBook(GetBookRequest.newBuilder().setName(name).build());
  }

  /** All chapters, without text. */
  public List<Chapter> chapters(String book) {
    List<Chapter> all = new ArrayList<>();
    String token = "";
    do {
      var page =
          catalog()
              .listChapters(
                  ListChaptersRequest.newBuilder()
                      .setParent(book)
                      .setPageSize(1000)
                      .setPageToken(token)
                      .build());
      all.addAll(page.getChaptersList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  /** One chapter with its text. */
  public Chapter chapter(String name) {
    return catalog().getChapter(GetChapterRequest.newBuilder().setName(name).build());
  }

  /** All passages, by priority. */
  public List<Passage> passages(String book) {
    List<Passage> all = new ArrayList<>();
    String token = "";
    do {
      var page =
          analysis()
              .listPassages(
                  ListPassagesRequest.newBuilder()
                      .setParent(book)
                      .setPageSize(500)
                      .setPageToken(token)
                      .build());
      all.addAll(page.getPassagesList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  /** The most mentioned entities, at most 1000. */
  public List<Entity> entities(String book) {
    return analysis()
        .listEntities(ListEntitiesRequest.newBuilder().setParent(book).setPageSize(1000).build())
        .getEntitiesList();
  }

  /** The jobs of a book, at most 1000. */
  public List<Job> jobs(String book) {
    return jobs()
        .listJobs(ListJobsRequest.newBuilder().setBook(book).setPageSize(1000).build())
        .getJobsList();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private <S extends AbstractStub<S>> S prepared(S stub) {
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
        .withWaitForReady();
  }

  private static <T> T result(CompletableFuture<T> answer) {
    try {
      return answer.get(CALL_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer to an upload", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during an upload", e);
    }
  }

  private record Answer<T>(CompletableFuture<T> future) implements StreamObserver<T> {
    @Override
    public void onNext(T value) {
      future.complete(value);
    }

    @Override
    public void onError(Throwable error) {
      future.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {}
  }
}
