package dev.scriptorium.server.fleet;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.worker.v1.Accept;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.AttemptProgress;
import dev.scriptorium.worker.v1.BlobRef;
import dev.scriptorium.worker.v1.Capability;
import dev.scriptorium.worker.v1.Complete;
import dev.scriptorium.worker.v1.DownloadInputRequest;
import dev.scriptorium.worker.v1.DownloadInputResponse;
import dev.scriptorium.worker.v1.Heartbeat;
import dev.scriptorium.worker.v1.Hello;
import dev.scriptorium.worker.v1.ResultHeader;
import dev.scriptorium.worker.v1.ServerMessage;
import dev.scriptorium.worker.v1.ServerMessages;
import dev.scriptorium.worker.v1.UploadResultRequest;
import dev.scriptorium.worker.v1.UploadResultResponse;
import dev.scriptorium.worker.v1.WorkGrpc;
import dev.scriptorium.worker.v1.WorkerMessage;
import dev.scriptorium.worker.v1.WorkerMessages;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A worker that speaks the protocol and does what the test says. */
final class TestWorker implements ClientResponseObserver<WorkerMessages, ServerMessages> {
  private static final int SECONDS = 10;

  private final Channel channel;
  private final BlockingQueue<ServerMessage> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private @Nullable ClientCallStreamObserver<WorkerMessages> stream;

  TestWorker(Channel channel) {
    this.channel = channel;
    StreamObserver<WorkerMessages> opened = WorkGrpc.newStub(channel).connect(this);
    Objects.requireNonNull(opened);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<WorkerMessages> requests) {
    stream = requests;
  }

  @Override
  public void onNext(ServerMessages frame) {
    heard.addAll(frame.getMessagesList());
  }

  @Override
  public void onError(Throwable failure) {
    end.complete(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }

  Status end() throws Exception {
    return end.get(SECONDS, TimeUnit.SECONDS);
  }

  void say(WorkerMessage message) {
    Objects.requireNonNull(stream).onNext(WorkerMessages.newBuilder().addMessages(message).build());
  }

  /** Ends the connection as a dying process does. */
  void breakOff() {
    Objects.requireNonNull(stream).cancel("gone", null);
  }

  void hello(String name, String incarnation, AttemptId... held) {
    say(
        WorkerMessage.newBuilder()
            .setHello(
                Hello.newBuilder()
                    .setProtocol(1)
                    .setWorker(name)
                    .setIncarnation(incarnation)
                    .setVersion("1.2.3")
                    .addCapabilities(
                        Capability.newBuilder().setKind("parse").setMediaType("text/plain"))
                    .setMemoryBudgetBytes(1L << 30)
                    .setMaxRunners(2)
                    .setSandbox("none")
                    .addAllHeld(List.of(held)))
            .build());
  }

  void heartbeat(int slots) {
    say(
        WorkerMessage.newBuilder()
            .setHeartbeat(
                Heartbeat.newBuilder()
                    .setFreeSlots(slots)
                    .setFreeMemoryBytes(1L << 30)
                    .setRunners(2))
            .build());
  }

  void accept(AttemptId id) {
    say(WorkerMessage.newBuilder().setAccept(Accept.newBuilder().setId(id)).build());
  }

  void progress(AttemptId id, int percent) {
    say(
        WorkerMessage.newBuilder()
            .setProgress(
                AttemptProgress.newBuilder()
                    .setId(id)
                    .setPercent(percent)
                    .setActivity("chapter 3 of 9"))
            .build());
  }

  void complete(AttemptId id, BlobRef result) {
    say(
        WorkerMessage.newBuilder()
            .setComplete(Complete.newBuilder().setId(id).setResult(result))
            .build());
  }

  ServerMessage next() throws InterruptedException {
    ServerMessage message = heard.poll(SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("the server says nothing");
    }
    return message;
  }

  String download(AttemptId id, int index) {
    StringBuilder content = new StringBuilder();
    WorkGrpc.newBlockingStub(channel)
        .downloadInput(DownloadInputRequest.newBuilder().setId(id).setIndex(index).build())
        .forEachRemaining(
            (DownloadInputResponse response) -> content.append(response.getChunk().toStringUtf8()));
    return content.toString();
  }

  static BlobRef ref(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    MessageDigest digest = Sha256.digest();
    digest.update(bytes);
    return BlobRef.newBuilder()
        .setSha256(Sha256.of(digest).hex())
        .setSizeBytes(bytes.length)
        .build();
  }

  /** Stores some bytes, declared as {@code ref}. */
  UploadResultResponse upload(AttemptId id, BlobRef ref, String content) throws Exception {
    CompletableFuture<UploadResultResponse> answer = new CompletableFuture<>();
    StreamObserver<UploadResultRequest> upload =
        WorkGrpc.newStub(channel)
            .uploadResult(
                new StreamObserver<>() {
                  @Override
                  public void onNext(UploadResultResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    answer.completeExceptionally(new AssertionError("no answer"));
                  }
                });
    upload.onNext(
        UploadResultRequest.newBuilder()
            .setHeader(ResultHeader.newBuilder().setId(id).setBlob(ref))
            .build());
    for (String piece : List.of(content.substring(0, 1), content.substring(1))) {
      upload.onNext(
          UploadResultRequest.newBuilder().setChunk(ByteString.copyFromUtf8(piece)).build());
    }
    upload.onCompleted();
    return answer.get(SECONDS, TimeUnit.SECONDS);
  }
}
