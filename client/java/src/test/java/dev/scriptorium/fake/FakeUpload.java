package dev.scriptorium.fake;

import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.Failure;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
    String name = "books/" + UUID.nameUUIDFromBytes(content());
    boolean duplicate = library.find(name).isPresent();
    Book book = library.find(name).orElseGet(() -> create(name));
    answer.onNext(UploadBookResponse.newBuilder().setBook(book).setDuplicate(duplicate).build());
    answer.onCompleted();
  }

  private Book create(String name) {
    Book.Builder book =
        Book.newBuilder()
            .setName(name)
            .setTitle(header.getFileName().replaceFirst("\\.\\w+$", ""))
            .setFileName(header.getFileName())
            .setSizeBytes(bytes.size())
            .setChapterCount(3)
            .setWordCount(1_000)
            .setState(Book.State.STATE_UPLOADED);
    if (bytes.toString(StandardCharsets.ISO_8859_1).startsWith("DRM")) {
      book.setState(Book.State.STATE_FAILED)
          .setFailure(
              Failure.newBuilder()
                  .setReason(ErrorReason.ERROR_REASON_LIMIT_EXCEEDED)
                  .setMessage(header.getFileName() + " has too many entries")
                  .setLimit("entries=10000"));
    }
    library.put(book.build());
    return book.build();
  }
}
