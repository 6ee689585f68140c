package dev.scriptorium.server.catalog.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lists the names in a ZIP without unpacking anything. Tolerant: a damaged archive gives the names
 * that can still be found. Names are read byte for byte as Latin-1.
 */
final class ZipListing {
  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int DIRECTORY_HEADER = 0x02014b50;
  private static final int DIRECTORY_END = 0x06054b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int DIRECTORY_LENGTH = 46;
  private static final int END_LENGTH = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int MAX_DIRECTORY = 4 << 20;
  private static final int MAX_NAMES = 10_000;
  private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]+/[a-z0-9.+-]{1,100}");

  private ZipListing() {}

  /** What a first, stored entry called {@code mimetype} says; empty when there is none. */
  static Optional<String> declaredType(byte[] head) {
    ByteBuffer bytes = littleEndian(ByteBuffer.wrap(head));
    if (head.length < LOCAL_LENGTH || bytes.getInt(0) != LOCAL_HEADER || bytes.getShort(8) != 0) {
      return Optional.empty();
    }
    int nameLength = unsigned(bytes, 26);
    int contentAt = LOCAL_LENGTH + nameLength + unsigned(bytes, 28);
    if (!name(bytes, LOCAL_LENGTH, nameLength).equals("mimetype") || contentAt >= head.length) {
      return Optional.empty();
    }
    return mediaType(text(bytes, contentAt, declaredLength(bytes, head.length - contentAt)));
  }

  /** The names of the archive's directory, or of the entries in its head when it has lost that. */
  static List<String> names(byte[] head, long size, Range rest) throws IOException {
    ByteBuffer tail = tail(head, size, END_LENGTH + MAX_COMMENT, rest);
    List<String> listed = directoryNames(directory(tail, head, size, rest));
    return listed.isEmpty() ? localNames(littleEndian(ByteBuffer.wrap(head))) : listed;
  }

  // Measured from the end: a wrong offset, bytes before the archive and ZIP64 then do no harm.
  private static ByteBuffer directory(ByteBuffer tail, byte[] head, long size, Range rest)
      throws IOException {
    int endAt = lastEnd(tail);
    long length = endAt < 0 ? 0 : Integer.toUnsignedLong(tail.getInt(endAt + 12));
    long wanted = Math.min(length + tail.limit() - Math.max(endAt, 0), MAX_DIRECTORY);
    return wanted <= tail.limit() ? tail : tail(head, size, (int) wanted, rest);
  }

  // With a data descriptor the length is not known here: then whatever looks like a type counts.
  private static int declaredLength(ByteBuffer bytes, int available) {
    long length = Integer.toUnsignedLong(bytes.getInt(18));
    return (int) Math.min(length == 0 ? 128 : length, Math.min(available, 128));
  }

  private static Optional<String> mediaType(String content) {
    var matcher = MEDIA_TYPE.matcher(content.strip());
    return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
  }

  private static ByteBuffer tail(byte[] head, long size, int length, Range rest)
      throws IOException {
    if (size <= head.length) {
      return littleEndian(ByteBuffer.wrap(head));
    }
    int wanted = (int) Math.min(size, length);
    return littleEndian(rest.read(size - wanted, wanted).slice());
  }

  private static int lastEnd(ByteBuffer bytes) {
    for (int at = bytes.limit() - END_LENGTH; at >= 0; at--) {
      if (bytes.getInt(at) == DIRECTORY_END) {
        return at;
      }
    }
    return -1;
  }

  private static List<String> directoryNames(ByteBuffer bytes) {
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at + DIRECTORY_LENGTH <= bytes.limit() && names.size() < MAX_NAMES) {
      if (bytes.getInt(at) != DIRECTORY_HEADER) {
        at++;
        continue;
      }
      int nameLength = unsigned(bytes, at + 28);
      names.add(name(bytes, at + DIRECTORY_LENGTH, nameLength));
      at += DIRECTORY_LENGTH + nameLength + unsigned(bytes, at + 30) + unsigned(bytes, at + 32);
    }
    return names;
  }

  private static List<String> localNames(ByteBuffer bytes) {
    List<String> names = new ArrayList<>();
    for (int at = 0; at + LOCAL_LENGTH <= bytes.limit(); at++) {
      if (bytes.getInt(at) == LOCAL_HEADER && names.size() < MAX_NAMES) {
        names.add(name(bytes, at + LOCAL_LENGTH, unsigned(bytes, at + 26)));
      }
    }
    return names;
  }

  private static String name(ByteBuffer bytes, int at, int length) {
    return at + length > bytes.limit() ? "" : text(bytes, at, length);
  }

  private static String text(ByteBuffer bytes, int at, int length) {
    byte[] copy = new byte[length];
    bytes.get(at, copy);
    return new String(copy, ISO_8859_1);
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  private static ByteBuffer littleEndian(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }
}
