package dev.scriptorium.samples.epub;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the ZIP container: {@code mimetype} first and stored, every entry of the same time. */
final class EpubArchive {
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 1, 0, 0);
  private static final String CONTAINER =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
        <rootfiles>
          <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
        </rootfiles>
      </container>
      """;

  private EpubArchive() {}

  /** Writes a book; its resources lie in the folder {@code EPUB} of the container. */
  static void write(Path file, List<Resource> resources) {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      store(zip, "mimetype", "application/epub+zip".getBytes(StandardCharsets.US_ASCII));
      deflate(zip, "META-INF/container.xml", CONTAINER.getBytes(StandardCharsets.UTF_8));
      for (Resource resource : resources) {
        deflate(zip, "EPUB/" + resource.href(), resource.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = entry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCompressedSize(bytes.length);
    entry.setCrc(crc.getValue());
    put(zip, entry, bytes);
  }

  private static void deflate(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    put(zip, entry(name), bytes);
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    return entry;
  }

  private static void put(ZipOutputStream zip, ZipEntry entry, byte[] bytes) throws IOException {
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
