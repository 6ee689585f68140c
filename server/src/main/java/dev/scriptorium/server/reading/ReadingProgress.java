package dev.scriptorium.server.reading;

import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.BatchUpdateProgressRequest;
import dev.scriptorium.v1.BatchUpdateProgressResponse;
import dev.scriptorium.v1.BatchUpdateProgressResponse.Result;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Position;
import dev.scriptorium.v1.Progress;
import dev.scriptorium.v1.RestoreProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import dev.scriptorium.v1.UpdateProgressResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The rules of reading progress. Steps of one reader in one book are taken one after the other: a
 * step that another server has overtaken is taken anew. Thread-safe.
 */
public final class ReadingProgress implements AutoCloseable {
  private static final int MAX_BATCH = 500;

  private final Database database;
  private final CachedProgress cached;
  private final StepWriter writer;
  private final ProgressStore store = new ProgressStore();

  /**
   * Starts to write.
   *
   * @param database transactions of the role scriptorium_api
   */
  public ReadingProgress(Database database, CachedProgress cached, InstantSource clock) {
    this.database = database;
    this.cached = cached;
    this.writer = new StepWriter(database, cached, clock);
  }

  /** The resolved head; revision and place are 0 for a book never opened. */
  Progress get(UUID owner, UUID book) {
    return cached.get(owner, book, () -> read(owner, book));
  }

  // In one statement.
  private Progress read(UUID owner, UUID book) {
    var opened =
        database
            .inTransaction(owner, handle -> store.head(handle, owner, book))
            .orElseThrow(new BookName(book)::missing);
    Progress progress = opened.progress();
    return progress == null
        ? Progress.newBuilder()
            .setName(new BookName(book).progress())
            .setPosition(Position.getDefaultInstance())
            .build()
        : progress;
  }

  /** Appends a step and says what became of it. */
  UpdateProgressResponse update(UUID owner, UpdateProgressRequest request) {
    return await(writer.submit(ask(owner, request)));
  }

  /** Appends steps one after the other; each has a result of its own. */
  BatchUpdateProgressResponse updateAll(UUID owner, BatchUpdateProgressRequest request) {
    int count = request.getRequestsCount();
    if (count < 1 || count > MAX_BATCH) {
      throw InvalidField.of("requests", count + " steps", "1 to " + MAX_BATCH + " steps");
    }
    List<CompletableFuture<UpdateProgressResponse>> answers = new ArrayList<>();
    for (UpdateProgressRequest step : request.getRequestsList()) {
      answers.add(submit(owner, step));
    }
    BatchUpdateProgressResponse.Builder response = BatchUpdateProgressResponse.newBuilder();
    answers.forEach(answer -> response.addResults(result(answer)));
    return response.build();
  }

  /** Goes back to a step of the log, by a new one. */
  UpdateProgressResponse restore(UUID owner, RestoreProgressRequest request) {
    UUID book = BookName.parseProgress("name", request.getName()).id();
    ReadingName.Step step = ReadingName.step("step", request.getStep());
    if (!step.book().equals(book)) {
      throw InvalidField.of("step", request.getStep(), "a step of " + request.getName());
    }
    ProgressStore.Place place =
        database.inTransaction(
            owner,
            handle -> {
              if (store.head(handle, owner, book).isEmpty()) {
                throw new BookName(book).missing();
              }
              return store.place(handle, owner, book, step.event()).orElseThrow(() -> noStep(step));
            });
    return update(
        owner,
        UpdateProgressRequest.newBuilder()
            .setName(request.getName())
            // The book may have become shorter.
            .setOffset(Math.min(place.offset(), place.bookLength()))
            .setDevice(request.getDevice())
            .setPolicy(ConflictPolicy.CONFLICT_POLICY_FORCE)
            .setRequestId(request.getRequestId())
            .build());
  }

  /** Writes what waits, and takes no more. */
  @Override
  public void close() {
    writer.close();
  }

  private CompletableFuture<UpdateProgressResponse> submit(
      UUID owner, UpdateProgressRequest request) {
    try {
      return writer.submit(ask(owner, request));
    } catch (ApiException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Ask ask(UUID owner, UpdateProgressRequest request) {
    return Ask.of(owner, BookName.parseProgress("name", request.getName()).id(), request);
  }

  private static Result result(CompletableFuture<UpdateProgressResponse> answer) {
    try {
      return Result.newBuilder().setResponse(await(answer)).build();
    } catch (ApiException e) {
      return Result.newBuilder()
          .setErrorReason(e.reason())
          .setErrorMessage(String.valueOf(e.getMessage()))
          .build();
    }
  }

  private static UpdateProgressResponse await(CompletableFuture<UpdateProgressResponse> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static ApiException noStep(ReadingName.Step step) {
    return new ApiException(
        ErrorReason.ERROR_REASON_STEP_NOT_FOUND,
        "there is no step " + step,
        Map.of("step", step.toString()));
  }
}
