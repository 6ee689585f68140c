package dev.scriptorium.worker.worker;

import com.google.protobuf.ByteString;
import dev.scriptorium.worker.pack.HashedFile;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.BlobRef;
import dev.scriptorium.worker.v1.DownloadInputRequest;
import dev.scriptorium.worker.v1.DownloadInputResponse;
import dev.scriptorium.worker.v1.Input;
import dev.scriptorium.worker.v1.ResultHeader;
import dev.scriptorium.worker.v1.UploadResultRequest;
import dev.scriptorium.worker.v1.UploadResultResponse;
import dev.scriptorium.worker.v1.WorkGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Brings files from and to a server, in pieces, as fast as the slower side goes. Thread-safe. */
final class Transfers {
  private static final int CHUNK_BYTES = 256 << 10;
  private static final long LIMIT_MINUTES = 10;

  private Transfers() {}

  /**
   * Fetches an input.
   *
   * @throws StatusException what the server said; DATA_LOSS when other bytes came than promised
   * @throws IOException when the file cannot be written
   */
  static void download(Channel server, AttemptId id, Input input, Path file)
      throws StatusException, IOException, InterruptedException {
    BlockingClientCall<DownloadInputRequest, DownloadInputResponse> call =
        ClientCalls.blockingV2ServerStreamingCall(
            server,
            WorkGrpc.getDownloadInputMethod(),
            options(),
            DownloadInputRequest.newBuilder().setId(id).setIndex(input.getIndex()).build());
    try {
      if (!receive(call, file, input.getSizeBytes()).equals(input.getSha256())) {
        throw Status.DATA_LOSS
            .withDescription("input " + input.getIndex() + " is not what the offer promised")
            .asException();
      }
    } finally {
      // Without effect on a call that has ended.
      call.cancel("done", null);
    }
  }

  /** Writes what comes, at most {@code size} bytes and one piece; gives its hash. */
  private static String receive(
      BlockingClientCall<DownloadInputRequest, DownloadInputResponse> call, Path file, long size)
      throws StatusException, IOException, InterruptedException {
    try (HashedFile out = new HashedFile(file)) {
      for (var piece = call.read(); piece != null; piece = call.read()) {
        piece.getChunk().writeTo(out);
        if (out.size() > size) {
          break;
        }
      }
      return out.sha256Hex();
    }
  }

  /**
   * Stores a file.
   *
   * @throws StatusException what the server said
   * @throws IOException when the file cannot be read
   */
  static BlobRef upload(Channel server, AttemptId id, Path file, BlobRef blob)
      throws StatusException, IOException, InterruptedException {
    BlockingClientCall<UploadResultRequest, UploadResultResponse> call =
        ClientCalls.blockingClientStreamingCall(
            server, WorkGrpc.getUploadResultMethod(), options());
    // A runner that was taken over must not have us send what a link points to.
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      boolean open =
          call.write(
              UploadResultRequest.newBuilder()
                  .setHeader(ResultHeader.newBuilder().setId(id).setBlob(blob))
                  .build());
      // The server may answer early, with an error: then there is no use in going on.
      for (byte[] piece = in.readNBytes(CHUNK_BYTES);
          open && piece.length > 0;
          piece = in.readNBytes(CHUNK_BYTES)) {
        open =
            call.write(
                UploadResultRequest.newBuilder().setChunk(ByteString.copyFrom(piece)).build());
      }
      if (open) {
        call.halfClose();
      }
      UploadResultResponse answer = call.read();
      if (answer == null) {
        throw Status.INTERNAL
            .withDescription("the server did not say what it stored")
            .asException();
      }
      return answer.getBlob();
    } finally {
      call.cancel("done", null);
    }
  }

  private static CallOptions options() {
    return CallOptions.DEFAULT.withDeadlineAfter(LIMIT_MINUTES, TimeUnit.MINUTES);
  }
}
