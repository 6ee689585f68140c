package dev.scriptorium.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes ZIP archives field by field, so that they can lie. */
final class RawZip {
  private static final int UTF8 = 1 << 11;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<byte[]> directory = new ArrayList<>();
  private int lastOffset;

  /** A deflated entry whose headers tell the truth. */
  RawZip entry(String name, byte[] content) {
    return entry(name, content, content.length, 0);
  }

  /** The same from text. */
  RawZip entry(String name, String content) {
    return entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An entry with a size of its own telling.
   *
   * @param declared uncompressed size that both headers give
   * @param unixMode file type and permissions as Unix tools write them; 0 for none
   */
  RawZip entry(String name, byte[] content, long declared, int unixMode) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return packed(name, deflated(content), crc.getValue(), declared, unixMode);
  }

  /** An entry of bytes deflated before. */
  RawZip packed(String name, byte[] deflated, long crc, long declared, int unixMode) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    lastOffset = out.size();
    Fields local = new Fields();
    local.four(0x04034b50).two(20);
    header(local, crc, deflated.length, declared, bytes.length);
    local.all(bytes);
    out.writeBytes(local.bytes());
    out.writeBytes(deflated);
    return listed(name, deflated.length, crc, declared, unixMode);
  }

  /** One more directory entry for the bytes of the last one: entries that overlap. */
  RawZip listed(String name, int packedSize, long crc, long declared, int unixMode) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    Fields central = new Fields();
    central.four(0x02014b50).two((3 << 8 | 20)).two(20);
    header(central, crc, packedSize, declared, bytes.length);
    central.two(0).two(0).two(0);
    central.four(unixMode << 16).four(lastOffset);
    central.all(bytes);
    directory.add(central.bytes());
    return this;
  }

  private static void header(Fields to, long crc, int packedSize, long declared, int nameLength) {
    to.two(UTF8).two(8).four(0x5000_0000 + (0x21 << 16));
    to.four(crc).four(packedSize).four(declared);
    to.two(nameLength).two(0);
  }

  byte[] bytes() {
    return bytes(directory.size(), 0);
  }

  /**
   * The archive.
   *
   * @param declaredEntries number of entries that its end tells
   * @param zip64Entries number that a ZIP64 end tells, which then is the one that counts; 0: none
   */
  byte[] bytes(int declaredEntries, long zip64Entries) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(out.toByteArray());
    directory.forEach(all::writeBytes);
    int size = directory.stream().mapToInt(entry -> entry.length).sum();
    boolean zip64 = zip64Entries > 0;
    if (zip64) {
      Fields end = new Fields();
      end.four(0x06064b50).eight(44).two(45).two(45);
      end.four(0).four(0).eight(zip64Entries).eight(zip64Entries);
      end.eight(size).eight(out.size());
      end.four(0x07064b50).four(0).eight(out.size() + size).four(1);
      all.writeBytes(end.bytes());
    }
    Fields end = new Fields();
    int entries = zip64 ? 0xFFFF : declaredEntries;
    end.four(0x06054b50).four(0).two(entries).two(entries);
    end.four(zip64 ? -1 : size).four(zip64 ? -1 : out.size()).two(0);
    all.writeBytes(end.bytes());
    return all.toByteArray();
  }

  /** Writes the archive. */
  Path in(Path folder) throws java.io.IOException {
    return Files.write(folder.resolve("book"), bytes());
  }

  static byte[] deflated(byte[] content) {
    try (Deflater deflater = new Deflater(9, true)) {
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    }
  }

  /** Numbers with their lowest byte first. */
  private static final class Fields {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Fields two(long number) {
      return write(number, 2);
    }

    Fields four(long number) {
      return write(number, 4);
    }

    Fields eight(long number) {
      return write(number, 8);
    }

    void all(byte[] bytes) {
      out.writeBytes(bytes);
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private Fields write(long number, int bytes) {
      for (int i = 0; i < bytes; i++) {
        out.write((int) (number >> (8 * i)));
      }
      return this;
    }
  }
}
