package dev.scriptorium.fake;

import dev.scriptorium.v1.CancelUploadRequest;
import dev.scriptorium.v1.CancelUploadResponse;
import dev.scriptorium.v1.FinishUploadRequest;
import dev.scriptorium.v1.FinishUploadResponse;
import dev.scriptorium.v1.GetReplacementRequest;
import dev.scriptorium.v1.GetUploadRequest;
import dev.scriptorium.v1.ListUploadsRequest;
import dev.scriptorium.v1.ListUploadsResponse;
import dev.scriptorium.v1.ReplaceFileRequest;
import dev.scriptorium.v1.Replacement;
import dev.scriptorium.v1.StartUploadRequest;
import dev.scriptorium.v1.Upload;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadsGrpc;
import dev.scriptorium.v1.WriteUploadRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Uploads in pieces, in memory. Thread-safe. */
public final class FakeUploads extends UploadsGrpc.UploadsImplBase {
  private final FakeLibrary library;
  private final Faults faults;
  private final Map<String, Taken> uploads = new ConcurrentHashMap<>();
  private final List<Long> offsets = new CopyOnWriteArrayList<>();
  private final CountDownLatch brokenOff = new CountDownLatch(1);
  private volatile Replacement replacement = Replacement.getDefaultInstance();
  private volatile boolean hold;
  private volatile long cutAfter = Long.MAX_VALUE;

  FakeUploads(FakeLibrary library, Faults faults) {
    this.library = library;
    this.faults = faults;
  }

  /** One upload. */
  private static final class Taken {
    private final StartUploadRequest request;
    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String book = "";

    Taken(StartUploadRequest request) {
      this.request = request;
      this.name = "uploads/" + request.getRequestId();
    }

    synchronized Upload message() {
      return Upload.newBuilder()
          .setName(name)
          .setFileName(request.getFileName())
          .setSizeBytes(request.getSizeBytes())
          .setSha256(request.getSha256())
          .setCommittedOffset(bytes.size())
          .setBook(book)
          .build();
    }

    synchronized long write(byte[] chunk) {
      bytes.writeBytes(chunk);
      return bytes.size();
    }
  }

  /** Nothing is read beyond the first message. */
  public void hold() {
    hold = true;
  }

  /** All is read again. */
  public void release() {
    hold = false;
  }

  /** Once, a stream breaks when so many bytes of an upload are there. */
  public void cutAfter(long bytes) {
    cutAfter = bytes;
  }

  /** Where the streams began. */
  public List<Long> offsets() {
    return offsets;
  }

  /** What was announced. */
  public List<StartUploadRequest> requests() {
    return uploads.values().stream().map(taken -> taken.request).toList();
  }

  /** All bytes of the only upload. */
  public byte[] content() {
    return uploads.values().iterator().next().bytes.toByteArray();
  }

  /** Opens when the client gives a stream up. */
  public CountDownLatch brokenOff() {
    return brokenOff;
  }

  @Override
  public void startUpload(StartUploadRequest request, StreamObserver<Upload> answer) {
    reply(
        "StartUpload",
        answer,
        () ->
            uploads
                .computeIfAbsent("uploads/" + request.getRequestId(), _ -> new Taken(request))
                .message());
  }

  @Override
  public void getUpload(GetUploadRequest request, StreamObserver<Upload> answer) {
    reply("GetUpload", answer, () -> taken(request.getName()).message());
  }

  @Override
  public void finishUpload(
      FinishUploadRequest request, StreamObserver<FinishUploadResponse> answer) {
    reply("FinishUpload", answer, () -> finish(taken(request.getName())));
  }

  private FinishUploadResponse finish(Taken taken) {
    UploadBookResponse made =
        FakeBooks.of(library, taken.request.getFileName(), taken.bytes.toByteArray());
    taken.book = made.getBook().getName();
    return FinishUploadResponse.newBuilder()
        .setBook(made.getBook())
        .setDuplicate(made.getDuplicate())
        .build();
  }

  @Override
  public void listUploads(ListUploadsRequest request, StreamObserver<ListUploadsResponse> answer) {
    reply(
        "ListUploads",
        answer,
        () ->
            ListUploadsResponse.newBuilder()
                .addAllUploads(
                    uploads.values().stream()
                        .map(Taken::message)
                        .filter(upload -> upload.getBook().isEmpty())
                        .toList())
                .build());
  }

  @Override
  public void cancelUpload(
      CancelUploadRequest request, StreamObserver<CancelUploadResponse> answer) {
    reply(
        "CancelUpload",
        answer,
        () -> {
          uploads.remove(taken(request.getName()).name);
          return CancelUploadResponse.getDefaultInstance();
        });
  }

  @Override
  public void replaceFile(ReplaceFileRequest request, StreamObserver<Replacement> answer) {
    reply(
        "ReplaceFile",
        answer,
        () -> {
          Taken taken = taken(request.getUpload());
          taken.book = library.get(request.getName()).getName();
          return Replacement.newBuilder()
              .setName(taken.book + "/replacements/1")
              .setState(Replacement.State.STATE_PENDING)
              .setFileName(taken.request.getFileName())
              .setSizeBytes(taken.request.getSizeBytes())
              .build();
        });
  }

  /** What becomes of the next replacement. */
  public void replacementEnds(Replacement end) {
    replacement = end;
  }

  @Override
  public void getReplacement(GetReplacementRequest request, StreamObserver<Replacement> answer) {
    reply("GetReplacement", answer, () -> replacement);
  }

  @Override
  public StreamObserver<WriteUploadRequest> writeUpload(StreamObserver<Upload> answer) {
    if (hold) {
      ((ServerCallStreamObserver<Upload>) answer).disableAutoInboundFlowControl();
      ((ServerCallStreamObserver<Upload>) answer).request(1);
    }
    return new Writing(answer);
  }

  /** One stream. */
  private final class Writing implements StreamObserver<WriteUploadRequest> {
    private final StreamObserver<Upload> answer;
    private String name = "";
    private boolean answered;

    Writing(StreamObserver<Upload> answer) {
      this.answer = answer;
    }

    @Override
    public void onNext(WriteUploadRequest part) {
      if (answered) {
        return;
      }
      try {
        take(part);
      } catch (StatusRuntimeException e) {
        answered = true;
        answer.onError(e);
      }
    }

    private void take(WriteUploadRequest part) {
      if (part.hasHeader()) {
        name = part.getHeader().getName();
        offsets.add(part.getHeader().getOffset());
        long committed = taken(name).message().getCommittedOffset();
        if (committed != part.getHeader().getOffset()) {
          throw Faults.error(
              Code.FAILED_PRECONDITION,
              "UPLOAD_OFFSET_MISMATCH",
              "goes on elsewhere",
              Map.of("committed_offset", Long.toString(committed)));
        }
        faults.throwPlanned("WriteUpload");
        return;
      }
      long size = taken(name).write(bytes(part));
      if (size >= cutAfter) {
        cutAfter = Long.MAX_VALUE;
        throw io.grpc.Status.UNAVAILABLE.withDescription("cut").asRuntimeException();
      }
    }

    @Override
    public void onError(Throwable error) {
      brokenOff.countDown();
    }

    @Override
    public void onCompleted() {
      if (!answered && !hold) {
        answer.onNext(taken(name).message());
        answer.onCompleted();
      }
    }
  }

  private static byte[] bytes(WriteUploadRequest part) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      part.getChunk().writeTo(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Taken taken(String name) {
    Taken found = uploads.get(name);
    if (found == null) {
      throw Faults.error(
          Code.NOT_FOUND, "UPLOAD_NOT_FOUND", "no upload " + name, Map.of("upload", name));
    }
    return found;
  }

  private <T> void reply(String method, StreamObserver<T> answer, Supplier<T> work) {
    T message;
    try {
      faults.throwPlanned(method);
      message = work.get();
    } catch (StatusRuntimeException e) {
      answer.onError(e);
      return;
    }
    answer.onNext(message);
    answer.onCompleted();
  }
}
