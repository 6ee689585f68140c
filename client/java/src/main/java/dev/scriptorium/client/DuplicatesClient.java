package dev.scriptorium.client;

import dev.scriptorium.v1.Duplicate;
import dev.scriptorium.v1.DuplicatePair;
import dev.scriptorium.v1.DuplicatesGrpc;
import dev.scriptorium.v1.GetDuplicatesRequest;
import dev.scriptorium.v1.ListDuplicatesRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Books with nearly the same text. What is said of calls at {@link ScriptoriumClient} holds here
 * too. Thread-safe; lives as long as the client it comes from.
 */
public final class DuplicatesClient {
  private static final int PAGE_SIZE = 200;

  private final Calls calls;
  private final Duration callTimeout;
  private final DuplicatesGrpc.DuplicatesBlockingStub stub;

  DuplicatesClient(Calls calls, Duration callTimeout, DuplicatesGrpc.DuplicatesBlockingStub stub) {
    this.calls = calls;
    this.callTimeout = callTimeout;
    this.stub = stub;
  }

  /** Books with nearly the text of one, {@code books/{book}}, the most alike first. */
  public List<Duplicate> of(String book) {
    GetDuplicatesRequest request = GetDuplicatesRequest.newBuilder().setName(book).build();
    return calls.repeatable(() -> timed().getDuplicates(request)).getDuplicatesList();
  }

  /** All pairs of books with nearly the same text. */
  public Stream<DuplicatePair> pairs() {
    return Page.stream(
        token -> {
          ListDuplicatesRequest page =
              ListDuplicatesRequest.newBuilder().setPageSize(PAGE_SIZE).setPageToken(token).build();
          var answer = calls.repeatable(() -> timed().listDuplicates(page));
          return new Page<>(answer.getPairsList(), answer.getNextPageToken());
        });
  }

  private DuplicatesGrpc.DuplicatesBlockingStub timed() {
    return stub.withDeadlineAfter(callTimeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
