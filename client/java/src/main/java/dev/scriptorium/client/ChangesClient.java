package dev.scriptorium.client;

import dev.scriptorium.v1.ChangesGrpc;
import dev.scriptorium.v1.ListChangesRequest;
import dev.scriptorium.v1.ListChangesResponse;
import dev.scriptorium.v1.WatchChangesRequest;
import dev.scriptorium.v1.WatchChangesResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The feed of changes. What is said of calls at {@link ScriptoriumClient} holds here too.
 * Thread-safe; lives as long as the client it comes from.
 */
public final class ChangesClient {
  /** Reason of the error that asks to start over without a token. */
  public static final String COMPACTED = "CHANGES_COMPACTED";

  private static final int PAGE_SIZE = 500;

  private final Calls calls;
  private final Duration callTimeout;
  private final ChangesGrpc.ChangesBlockingStub stub;

  ChangesClient(Calls calls, Duration callTimeout, ChangesGrpc.ChangesBlockingStub stub) {
    this.calls = calls;
    this.callTimeout = callTimeout;
    this.stub = stub;
  }

  /**
   * Reads on until nothing more is there.
   *
   * @param token of an earlier answer; empty for all there is
   * @param each called by this thread with every page
   * @return the token to go on with
   */
  public String list(String token, Consumer<ListChangesResponse> each) {
    ListChangesResponse page;
    String next = token;
    do {
      ListChangesRequest request =
          ListChangesRequest.newBuilder().setPageSize(PAGE_SIZE).setResumeToken(next).build();
      page = calls.repeatable(() -> timed().listChanges(request));
      each.accept(page);
      next = page.getResumeToken();
    } while (page.getMore());
    return next;
  }

  /**
   * Follows the feed until the thread is interrupted or the server stays away. A broken connection
   * is taken up again where the last frame ended, so that every change comes once.
   *
   * @param token where to begin; empty for now
   * @param each called by this thread with every frame; what it throws ends the watch
   * @param broken called by this thread whenever the connection broke and is to be taken up again
   */
  public void watch(
      String token, Consumer<WatchChangesResponse> each, Consumer<ScriptoriumException> broken) {
    AtomicReference<String> last = new AtomicReference<>(token);
    calls.follow(
        () ->
            stub.watchChanges(WatchChangesRequest.newBuilder().setResumeToken(last.get()).build()),
        frame -> {
          each.accept(frame);
          last.set(frame.getResumeToken());
        },
        broken);
  }

  private ChangesGrpc.ChangesBlockingStub timed() {
    return stub.withDeadlineAfter(callTimeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
