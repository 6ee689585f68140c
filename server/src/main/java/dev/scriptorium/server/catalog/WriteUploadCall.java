package dev.scriptorium.server.catalog;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.WriteHeader;
import dev.scriptorium.v1.WriteUploadRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One WriteUpload call. It asks for one message at a time and writes it before it asks for the
 * next. Whatever ends the call, what has arrived is kept. gRPC calls it from one thread at a time.
 */
final class WriteUploadCall implements StreamObserver<WriteUploadRequest> {
  private final UploadWriters writers;
  private final UUID owner;
  private final ServerCallStreamObserver<dev.scriptorium.v1.Upload> answer;
  private @Nullable UploadName name;
  private @Nullable UploadWriter writer;
  private boolean ended;

  WriteUploadCall(
      UploadWriters writers,
      UUID owner,
      ServerCallStreamObserver<dev.scriptorium.v1.Upload> answer) {
    this.writers = writers;
    this.owner = owner;
    this.answer = answer;
    answer.disableAutoRequest();
    // gRPC then tells a cancellation through onError, once.
    answer.setOnCancelHandler(() -> {});
    // A deadline closes the call without a cancellation.
    answer.setOnCloseHandler(this::keep);
    answer.request(1);
  }

  @Override
  public void onNext(WriteUploadRequest message) {
    if (ended) {
      return;
    }
    attempt(
        () -> {
          switch (message.getPartCase()) {
            case HEADER -> begin(message.getHeader());
            case CHUNK -> append(message.getChunk());
            case PART_NOT_SET -> throw InvalidField.of("part", "nothing", "header or chunk");
          }
          answer.request(1);
        });
  }

  @Override
  public void onError(Throwable cause) {
    keep();
  }

  @Override
  public void onCompleted() {
    if (ended) {
      return;
    }
    attempt(
        () -> {
          UploadName written = name;
          if (written == null) {
            throw InvalidField.of("header", "nothing", "a header as the first message");
          }
          end();
          answer.onNext(writers.find(owner, written).message());
          answer.onCompleted();
        });
  }

  private void begin(WriteHeader header) throws IOException {
    if (name != null) {
      throw InvalidField.of("header", "a second one", "one header, first");
    }
    UploadName asked = UploadName.parse("header.name", header.getName());
    writer = writers.begin(owner, asked, header.getOffset());
    name = asked;
  }

  private void append(ByteString chunk) throws IOException {
    UploadWriter going = writer;
    if (going == null) {
      throw InvalidField.of("chunk", chunk.size() + " bytes", "a header as the first message");
    }
    going.write(chunk.asReadOnlyByteBufferList(), chunk.size());
  }

  /** A piece of the call that may refuse it. */
  private interface Step {
    void run() throws IOException;
  }

  // Refusals reach the caller through the observer; defects are thrown on to the interceptor.
  private void attempt(Step step) {
    boolean done = false;
    try {
      step.run();
      done = true;
    } catch (IOException e) {
      answer.onError(e);
    } finally {
      if (!done) {
        keep();
      }
    }
  }

  private void keep() {
    try {
      end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() throws IOException {
    ended = true;
    UploadWriter going = writer;
    writer = null;
    if (going != null) {
      going.end();
    }
  }
}
