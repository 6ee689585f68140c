package dev.scriptorium.client;

import dev.scriptorium.v1.CatalogGrpc.CatalogBlockingStub;
import dev.scriptorium.v1.DownloadBookRequest;
import dev.scriptorium.v1.DownloadBookResponse;
import dev.scriptorium.v1.DownloadHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;

/** One download: into a file beside the target, which it replaces once it is whole and right. */
final class FileDownload {
  private final String book;
  private final Path target;
  private final Path part;

  /**
   * @param book {@code books/{book}}
   */
  FileDownload(String book, Path target) {
    this.book = book;
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
  }

  /**
   * Goes on where the last try has ended.
   *
   * @throws IOException when the file cannot be written, or what arrived is not what was uploaded
   */
  DownloadHeader run(CatalogBlockingStub catalog) throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    DownloadHeader file = fetch(catalog, have);
    if (!hash().equals(file.getSha256())) {
      Files.delete(part);
      throw new IOException("what arrived is not what was uploaded; try again");
    }
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  private DownloadHeader fetch(CatalogBlockingStub catalog, long have) throws IOException {
    Iterator<DownloadBookResponse> parts =
        catalog.downloadBook(
            DownloadBookRequest.newBuilder().setName(book).setOffset(have).build());
    DownloadHeader header = parts.next().getHeader();
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (parts.hasNext()) {
        ByteBuffer chunk = parts.next().getChunk().asReadOnlyByteBuffer();
        while (chunk.hasRemaining()) {
          channel.write(chunk);
        }
      }
    }
    return header;
  }

  private String hash() throws IOException {
    try (InputStream in = Files.newInputStream(part)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
