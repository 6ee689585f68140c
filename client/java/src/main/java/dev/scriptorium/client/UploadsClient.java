package dev.scriptorium.client;

import dev.scriptorium.v1.CancelUploadRequest;
import dev.scriptorium.v1.GetReplacementRequest;
import dev.scriptorium.v1.ListUploadsRequest;
import dev.scriptorium.v1.ReplaceFileRequest;
import dev.scriptorium.v1.Replacement;
import dev.scriptorium.v1.Upload;
import dev.scriptorium.v1.UploadsGrpc;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Unfinished uploads, and files that take the place of others. What is said of calls at {@link
 * ScriptoriumClient} holds here too. Thread-safe; lives as long as the client it comes from.
 */
public final class UploadsClient {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final ManagedChannel channel;
  private final ClientOptions options;
  private final Calls calls;

  UploadsClient(ManagedChannel channel, ClientOptions options, Calls calls) {
    this.channel = channel;
    this.options = options;
    this.calls = calls;
  }

  /** The caller's unfinished uploads, oldest first. */
  public List<Upload> list() {
    ListUploadsRequest request = ListUploadsRequest.getDefaultInstance();
    return calls.repeatable(() -> timed().listUploads(request)).getUploadsList();
  }

  /** Forgets an upload, {@code uploads/{upload}}, and its bytes. */
  public void cancel(String name) {
    CancelUploadRequest request = CancelUploadRequest.newBuilder().setName(name).build();
    var _ = calls.once(() -> timed().cancelUpload(request));
  }

  /**
   * Sends a file that takes the place of a book's, going on after cuts. Returns when the server has
   * it safely; {@link #await} waits until the book has it.
   *
   * @param book {@code books/{book}}
   * @throws ScriptoriumException also with {@link ScriptoriumException#FILE_UNREADABLE}
   */
  public Replacement replaceFile(String book, Path file, UploadListener listener) {
    Upload upload =
        ScriptoriumClient.readingFile(
            file, () -> new ResumingUpload(channel, options, calls, file, listener).send(book));
    ReplaceFileRequest request =
        ReplaceFileRequest.newBuilder().setName(book).setUpload(upload.getName()).build();
    return calls.repeatable(() -> timed().replaceFile(request));
  }

  /** How far a replacement is, {@code books/{book}/replacements/{replacement}}. */
  public Replacement replacement(String name) {
    GetReplacementRequest request = GetReplacementRequest.newBuilder().setName(name).build();
    return calls.repeatable(() -> timed().getReplacement(request));
  }

  /** Waits until a replacement is done or has failed. */
  public Replacement await(String name) {
    Iterator<Replacement> answers = calls.every(LOOK_EVERY, () -> replacement(name));
    Replacement latest = answers.next();
    while (latest.getState() == Replacement.State.STATE_PENDING && answers.hasNext()) {
      latest = answers.next();
    }
    return latest;
  }

  private UploadsGrpc.UploadsBlockingStub timed() {
    return UploadsGrpc.newBlockingStub(channel)
        .withDeadlineAfter(options.callTimeout().toNanos(), TimeUnit.NANOSECONDS);
  }
}
