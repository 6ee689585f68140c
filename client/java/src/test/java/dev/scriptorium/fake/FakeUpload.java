package dev.scriptorium.fake;

import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes one upload. A file that starts with {@code DRM} becomes a failed book; the same bytes give
 * the same book.
 */
public final class FakeUpload implements StreamObserver<UploadBookRequest> {
  private final FakeLibrary library;
  private final Faults faults;
  private final StreamObserver<UploadBookResponse> answer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Integer> chunkSizes = new ArrayList<>();
  private final AtomicLong received = new AtomicLong();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch brokenOff = new CountDownLatch(1);
  private final boolean hold;
  private volatile UploadHeader header = UploadHeader.getDefaultInstance();
  private boolean answered;

  FakeUpload(
      FakeLibrary library, Faults faults, StreamObserver<UploadBookResponse> answer, boolean hold) {
    this.library = library;
    this.faults = faults;
    this.answer = answer;
    this.hold = hold;
    if (hold) {
      ((ServerCallStreamObserver<UploadBookResponse>) answer).disableAutoInboundFlowControl();
      ((ServerCallStreamObserver<UploadBookResponse>) answer).request(1);
    }
  }

  /** The first message. */
  public UploadHeader header() {
    return header;
  }

  /** Sizes of the chunks that came. */
  public List<Integer> chunkSizes() {
    return chunkSizes;
  }

  /** What came. */
  public byte[] content() {
    return bytes.toByteArray();
  }

  /** Opens when the header is there. */
  public CountDownLatch started() {
    return started;
  }

  /** Opens when the client gives the upload up. */
  public CountDownLatch brokenOff() {
    return brokenOff;
  }

  @Override
  public void onNext(UploadBookRequest part) {
    if (part.hasHeader()) {
      header = part.getHeader();
      started.countDown();
      failIfPlanned("UploadBook");
      return;
    }
    try {
      part.getChunk().writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    chunkSizes.add(part.getChunk().size());
    received.addAndGet(part.getChunk().size());
  }

  private void failIfPlanned(String method) {
    try {
      faults.throwPlanned(method);
    } catch (StatusRuntimeException e) {
      answered = true;
      answer.onError(e);
    }
  }

  @Override
  public void onError(Throwable error) {
    brokenOff.countDown();
  }

  @Override
  public void onCompleted() {
    if (answered || hold) {
      return;
    }
    failIfPlanned("UploadBook end");
    if (answered) {
      return;
    }
    answer.onNext(FakeBooks.of(library, header.getFileName(), content()));
    answer.onCompleted();
  }
}
