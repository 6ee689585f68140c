package dev.scriptorium.server.catalog;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.WriteHeader;
import dev.scriptorium.v1.WriteUploadRequest;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One WriteUpload call. Whatever ends it, what has arrived is kept. */
final class WriteUploadCall extends ReceivingCall<WriteUploadRequest, dev.scriptorium.v1.Upload> {
  private final UploadWriters writers;
  private final UUID owner;
  private @Nullable UploadName name;
  private @Nullable UploadWriter writer;

  WriteUploadCall(
      UploadWriters writers,
      UUID owner,
      ServerCallStreamObserver<dev.scriptorium.v1.Upload> answer) {
    super(answer);
    this.writers = writers;
    this.owner = owner;
  }

  @Override
  void take(WriteUploadRequest message) throws IOException {
    switch (message.getPartCase()) {
      case HEADER -> begin(message.getHeader());
      case CHUNK -> append(message.getChunk());
      case PART_NOT_SET -> throw InvalidField.of("part", "nothing", "header or chunk");
    }
  }

  @Override
  dev.scriptorium.v1.Upload finish() throws IOException {
    UploadName written = name;
    if (written == null) {
      throw InvalidField.of("header", "nothing", "a header as the first message");
    }
    end();
    return writers.find(owner, written).message();
  }

  @Override
  void release() {
    try {
      end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private void end() throws IOException {
    UploadWriter going = writer;
    writer = null;
    if (going != null) {
      going.end();
    }
  }
}
