package dev.scriptorium.loadtest.abuse;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.scriptorium.v1.ListBooksRequest;
import io.grpc.Compressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** A compressor that sends, whatever it is given, a request that unpacks to 64 MiB. */
final class Bomb implements Compressor {
  private static final int UNPACKED_BYTES = 64 << 20;
  private static final int PIECE_BYTES = 1 << 16;

  private final byte[] packed;

  Bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      // By hand: nobody here wants it unpacked in memory either.
      CodedOutputStream message = CodedOutputStream.newInstance(gzip);
      message.writeTag(
          ListBooksRequest.PAGE_TOKEN_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      message.writeUInt32NoTag(UNPACKED_BYTES);
      byte[] piece = new byte[PIECE_BYTES];
      for (int i = 0; i < UNPACKED_BYTES / PIECE_BYTES; i++) {
        message.writeRawBytes(piece);
      }
      message.flush();
    }
    packed = bytes.toByteArray();
  }

  @Override
  public String getMessageEncoding() {
    return "gzip";
  }

  @Override
  public OutputStream compress(OutputStream sent) throws IOException {
    sent.write(packed);
    return new OutputStream() {
      @Override
      public void write(int ignored) {}

      @Override
      public void close() throws IOException {
        sent.close();
      }
    };
  }
}
