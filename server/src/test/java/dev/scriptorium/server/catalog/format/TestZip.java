package dev.scriptorium.server.catalog.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds archives. */
public final class TestZip {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes);

  /** Adds an entry as it is, with its size in front of it. */
  public TestZip stored(String name, byte[] content) {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    return add(entry, content);
  }

  /** Adds a stored text. */
  public TestZip stored(String name, String content) {
    return stored(name, content.getBytes(UTF_8));
  }

  /** Adds a compressed entry. */
  public TestZip deflated(String name, byte[] content) {
    return add(new ZipEntry(name), content);
  }

  /** The archive. */
  public byte[] bytes() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  /** A minimal EPUB, as a well-behaved program makes it. */
  public static byte[] epub() {
    return new TestZip()
        .stored("mimetype", "application/epub+zip")
        .deflated("META-INF/container.xml", "<container/>".getBytes(UTF_8))
        .bytes();
  }

  private TestZip add(ZipEntry entry, byte[] content) {
    try {
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return this;
  }
}
