package dev.scriptorium.client;

import com.google.protobuf.ByteString;
import dev.scriptorium.v1.FinishUploadRequest;
import dev.scriptorium.v1.FinishUploadResponse;
import dev.scriptorium.v1.GetUploadRequest;
import dev.scriptorium.v1.StartUploadRequest;
import dev.scriptorium.v1.Upload;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadsGrpc;
import dev.scriptorium.v1.WriteHeader;
import dev.scriptorium.v1.WriteUploadRequest;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Sends one file in pieces: after a cut it asks how much has arrived and goes on behind that, for
 * as long as something arrives now and then. Also goes on where an earlier process was ended,
 * because without a request id of the caller's the file itself gives one.
 */
final class ResumingUpload {
  private static final String CORRUPT = "UPLOAD_CORRUPT";

  private final ManagedChannel channel;
  private final ClientOptions options;
  private final Calls calls;
  private final Path file;
  private final UploadListener listener;

  ResumingUpload(
      ManagedChannel channel,
      ClientOptions options,
      Calls calls,
      Path file,
      UploadListener listener) {
    this.channel = channel;
    this.options = options;
    this.calls = calls;
    this.file = file;
    this.listener = listener;
  }

  /**
   * Sends the file and makes a book of it.
   *
   * @param requestId of the caller's; empty for one that the file gives
   * @throws IOException when the file cannot be read
   */
  UploadBookResponse run(Optional<UUID> requestId) throws IOException, InterruptedException {
    StartUploadRequest.Builder facts = describe();
    UUID id = requestId.orElseGet(() -> idOf(facts, ""));
    Upload upload = start(facts, id);
    boolean knownBefore = requestId.isEmpty() && !upload.getBook().isEmpty();
    UploadBookResponse response = complete(upload);
    if (!knownBefore) {
      return response;
    }
    if (!response.getBook().hasDeleteTime()) {
      return response.toBuilder().setDuplicate(true).build();
    }
    // It was deleted since: the file is sent as if for the first time.
    return complete(start(facts, UUID.randomUUID()));
  }

  /**
   * All bytes of the file, as an upload that is not finished.
   *
   * @param purpose what it is for: after an end of the program the same is gone on with
   */
  Upload send(String purpose) throws IOException, InterruptedException {
    StartUploadRequest.Builder facts = describe();
    Upload known = start(facts, idOf(facts, purpose));
    // What served its purpose once may be wanted again since.
    Upload upload = known.getBook().isEmpty() ? known : start(facts, UUID.randomUUID());
    sendRest(upload);
    return upload;
  }

  private Upload start(StartUploadRequest.Builder facts, UUID requestId) {
    StartUploadRequest request = facts.setRequestId(requestId.toString()).build();
    return calls.repeatable(() -> timed().startUpload(request));
  }

  private UploadBookResponse complete(Upload upload) throws IOException, InterruptedException {
    sendRest(upload);
    FinishUploadResponse finished;
    try {
      finished = finish(upload);
    } catch (ScriptoriumException e) {
      if (!e.reason().equals(CORRUPT)) {
        throw e;
      }
      // Damaged on the way, or changed meanwhile: the server wants all of it again.
      sendRest(get(upload));
      finished = finish(upload);
    }
    return UploadBookResponse.newBuilder()
        .setBook(finished.getBook())
        .setDuplicate(finished.getDuplicate())
        .build();
  }

  private FinishUploadResponse finish(Upload upload) {
    FinishUploadRequest request =
        FinishUploadRequest.newBuilder().setName(upload.getName()).build();
    return calls.repeatable(() -> timed().finishUpload(request));
  }

  private Upload get(Upload upload) {
    GetUploadRequest request = GetUploadRequest.newBuilder().setName(upload.getName()).build();
    return timed().getUpload(request);
  }

  private void sendRest(Upload begun) throws IOException, InterruptedException {
    Upload upload = begun;
    Calls.Perseverance perseverance = calls.perseverance();
    boolean asked = true;
    while (upload.getBook().isEmpty() && upload.getCommittedOffset() < upload.getSizeBytes()) {
      try {
        if (!asked) {
          upload = get(upload);
          asked = true;
          continue;
        }
        asked = false;
        upload = write(upload);
        asked = true;
      } catch (io.grpc.StatusRuntimeException e) {
        perseverance.pauseOrThrow(e, upload.getCommittedOffset());
      }
    }
  }

  private Upload write(Upload upload) throws IOException, InterruptedException {
    ChunkStream<WriteUploadRequest, Upload> stream =
        new ChunkStream<>("the upload", options.stallTimeout());
    try (FileChannel source = FileChannel.open(file)) {
      source.position(upload.getCommittedOffset());
      UploadsGrpc.newStub(channel).writeUpload(stream);
      return stream.run(() -> sendAll(upload, source, stream));
    } catch (ClosedByInterruptException e) {
      throw new InterruptedException("interrupted while reading " + file);
    }
  }

  private void sendAll(
      Upload upload, FileChannel source, ChunkStream<WriteUploadRequest, Upload> stream)
      throws IOException, InterruptedException {
    long sent = upload.getCommittedOffset();
    listener.sent(sent, upload.getSizeBytes());
    WriteHeader header = WriteHeader.newBuilder().setName(upload.getName()).setOffset(sent).build();
    boolean open = stream.send(WriteUploadRequest.newBuilder().setHeader(header).build());
    while (open) {
      ByteString chunk = FileUpload.read(source);
      if (chunk.isEmpty()) {
        stream.end();
        return;
      }
      open = stream.send(WriteUploadRequest.newBuilder().setChunk(chunk).build());
      sent += chunk.size();
      listener.sent(sent, upload.getSizeBytes());
    }
  }

  private StartUploadRequest.Builder describe() throws IOException {
    return StartUploadRequest.newBuilder()
        .setFileName(FileUpload.shortName(file))
        .setSizeBytes(Files.size(file))
        .setSha256(sha256());
  }

  private String sha256() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        byte[] block = new byte[1 << 16];
        while (in.read(block) >= 0) {
          // The digest takes what is read.
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static UUID idOf(StartUploadRequest.Builder facts, String purpose) {
    String text =
        String.join(
            "\n",
            facts.getSha256(),
            Long.toString(facts.getSizeBytes()),
            facts.getFileName(),
            purpose);
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private UploadsGrpc.UploadsBlockingStub timed() {
    return UploadsGrpc.newBlockingStub(channel)
        .withDeadlineAfter(options.callTimeout().toNanos(), TimeUnit.NANOSECONDS);
  }
}
