package dev.scriptorium.loadtest.catalog;

import dev.scriptorium.worker.v1.ChapterContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Builds a pack as a worker does, with frames that are stored and not compressed. */
final class Pack {
  private static final int MAX_BLOCK = 100_000;

  /** Where a chapter lies, and its text. */
  record Piece(String text, long offset, int length) {}

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Piece> pieces = new ArrayList<>();

  Pack() {
    bytes.writeBytes("SCP1".getBytes(StandardCharsets.US_ASCII));
  }

  void add(String text) {
    byte[] content =
        ChapterContent.newBuilder()
            .setText(text)
            .setHtml("<p>" + text + "</p>")
            .build()
            .toByteArray();
    int offset = bytes.size();
    frame(content);
    pieces.add(new Piece(text, offset, bytes.size() - offset));
  }

  List<Piece> pieces() {
    return List.copyOf(pieces);
  }

  int size() {
    return bytes.size();
  }

  /** Stores it among a server's blobs; its hash. */
  String store(Path blobs) throws IOException {
    String hash = hash(bytes.toByteArray());
    Path folder = Files.createDirectories(blobs.resolve(hash.substring(0, 2)));
    Files.write(folder.resolve(hash.substring(2)), bytes.toByteArray());
    return hash;
  }

  // RFC 8878: a frame with its size in four bytes, and raw blocks.
  private void frame(byte[] content) {
    ByteBuffer head = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(0xFD2FB528).put((byte) 0xA0).putInt(content.length);
    bytes.writeBytes(head.array());
    for (int at = 0; at < content.length; at += MAX_BLOCK) {
      int length = Math.min(MAX_BLOCK, content.length - at);
      int last = at + length == content.length ? 1 : 0;
      int header = (length << 3) | last;
      bytes.write(header);
      bytes.write(header >> 8);
      bytes.write(header >> 16);
      bytes.write(content, at, length);
    }
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
