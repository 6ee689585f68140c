package dev.scriptorium.server.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import dev.scriptorium.v1.CancelUploadRequest;
import dev.scriptorium.v1.FinishUploadRequest;
import dev.scriptorium.v1.FinishUploadResponse;
import dev.scriptorium.v1.GetReplacementRequest;
import dev.scriptorium.v1.GetUploadRequest;
import dev.scriptorium.v1.ReplaceFileRequest;
import dev.scriptorium.v1.Replacement;
import dev.scriptorium.v1.StartUploadRequest;
import dev.scriptorium.v1.UploadsGrpc;
import dev.scriptorium.v1.WriteChunkRequest;
import dev.scriptorium.v1.WriteHeader;
import dev.scriptorium.v1.WriteUploadRequest;
import io.grpc.stub.StreamObserver;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Calls of one owner to the service of uploads in pieces. */
public record UploadRig(UploadsGrpc.UploadsBlockingStub calls, UploadsGrpc.UploadsStub streams) {
  static UploadRig of(Library library, UUID owner) {
    return new UploadRig(library.uploads(owner), library.asyncUploads(owner));
  }

  /** Text that no other call gives. */
  public static byte[] text(int seed, int size) {
    byte[] words = new byte[size];
    Random random = new Random(seed);
    for (int i = 0; i < size; i++) {
      words[i] = (byte) (i % 60 == 59 ? '\n' : 'a' + random.nextInt(26));
    }
    return words;
  }

  static StartUploadRequest.Builder header(byte[] file) {
    return StartUploadRequest.newBuilder().setFileName("ebb.txt").setSizeBytes(file.length);
  }

  public dev.scriptorium.v1.Upload start(byte[] file) {
    return calls.startUpload(header(file).build());
  }

  public dev.scriptorium.v1.Upload get(String upload) {
    return calls.getUpload(GetUploadRequest.newBuilder().setName(upload).build());
  }

  dev.scriptorium.v1.Upload chunk(String upload, long offset, byte[] bytes) {
    return calls.writeChunk(
        WriteChunkRequest.newBuilder()
            .setName(upload)
            .setOffset(offset)
            .setChunk(ByteString.copyFrom(bytes))
            .build());
  }

  dev.scriptorium.v1.Upload chunk(String upload, long offset, String text) {
    return chunk(upload, offset, text.getBytes(UTF_8));
  }

  public FinishUploadResponse finish(String upload) {
    return calls.finishUpload(FinishUploadRequest.newBuilder().setName(upload).build());
  }

  /** An upload with all its bytes. */
  String whole(byte[] file) {
    String name = start(file).getName();
    chunk(name, 0, file);
    return name;
  }

  Replacement replace(String book, String upload) {
    return calls.replaceFile(
        ReplaceFileRequest.newBuilder().setName(book).setUpload(upload).build());
  }

  Replacement replacement(String name) {
    return calls.getReplacement(GetReplacementRequest.newBuilder().setName(name).build());
  }

  void cancel(String upload) {
    var _ = calls.cancelUpload(CancelUploadRequest.newBuilder().setName(upload).build());
  }

  /** A stream that the test fills. */
  public static final class Stream implements StreamObserver<dev.scriptorium.v1.Upload> {
    private final CompletableFuture<dev.scriptorium.v1.Upload> answer = new CompletableFuture<>();
    private final StreamObserver<WriteUploadRequest> call;

    private Stream(UploadsGrpc.UploadsStub streams, String upload, long offset) {
      this.call = streams.writeUpload(this);
      WriteHeader header = WriteHeader.newBuilder().setName(upload).setOffset(offset).build();
      call.onNext(WriteUploadRequest.newBuilder().setHeader(header).build());
    }

    /** Sends bytes in chunks of 256 KiB. */
    public Stream send(byte[] file, int from, int to) {
      for (int at = from; at < to; at += 256 << 10) {
        ByteString chunk = ByteString.copyFrom(file, at, Math.min(256 << 10, to - at));
        call.onNext(WriteUploadRequest.newBuilder().setChunk(chunk).build());
      }
      return this;
    }

    /** Breaks it off. */
    public void cut() {
      call.onError(new IllegalStateException("cut"));
    }

    /** Ends it; throws what the server answers. */
    public dev.scriptorium.v1.Upload end() {
      call.onCompleted();
      return answer();
    }

    /** Waits for the answer. */
    dev.scriptorium.v1.Upload answer() {
      try {
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }

    @Override
    public void onNext(dev.scriptorium.v1.Upload upload) {
      answer.complete(upload);
    }

    @Override
    public void onError(Throwable error) {
      answer.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {}
  }

  public Stream stream(String upload, long offset) {
    return new Stream(streams, upload, offset);
  }
}
