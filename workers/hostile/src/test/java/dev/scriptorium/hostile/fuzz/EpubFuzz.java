package dev.scriptorium.hostile.fuzz;

import dev.scriptorium.plugin.epub.EpubHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Fuzzes EPUB. Bytes that begin as an archive are the file; other bytes are its documents, with a
 * zero byte between, so that the fuzzer need not learn checksums.
 */
public final class EpubFuzz {
  /** Names of the documents, in order. */
  static final List<String> NAMES =
      List.of(
          "META-INF/container.xml",
          "content.opf",
          "nav.xhtml",
          "c1.xhtml",
          "toc.ncx",
          "META-INF/encryption.xml",
          "c2.xhtml",
          "i.svg",
          "i.png",
          "a.smil");

  private static final FuzzedFile FILE = new FuzzedFile(new EpubHandler());

  private EpubFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    boolean archive = input.length > 1 && input[0] == 'P' && input[1] == 'K';
    FILE.read("application/epub+zip", archive ? input : archiveOf(input));
  }

  private static byte[] archiveOf(byte[] documents) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      int from = 0;
      for (String name : NAMES) {
        int to = from;
        while (to < documents.length && documents[to] != 0) {
          to++;
        }
        add(zip, name, documents, from, to - from);
        from = Math.min(documents.length, to + 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes, int from, int length)
      throws IOException {
    if (length > 0) {
      CRC32 crc = new CRC32();
      crc.update(bytes, from, length);
      ZipEntry entry = new ZipEntry(name);
      entry.setSize(length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(bytes, from, length);
    }
  }
}
