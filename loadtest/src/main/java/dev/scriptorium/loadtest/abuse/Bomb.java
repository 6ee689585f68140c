package dev.scriptorium.loadtest.abuse;

import dev.scriptorium.v1.ListBooksRequest;
import io.grpc.Compressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** A compressor that sends, whatever it is given, a request that unpacks to 64 MiB. */
final class Bomb implements Compressor {
  private static final int UNPACKED_BYTES = 64 << 20;

  private final byte[] packed;

  Bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      ListBooksRequest.newBuilder().setPageToken("0".repeat(UNPACKED_BYTES)).build().writeTo(gzip);
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
