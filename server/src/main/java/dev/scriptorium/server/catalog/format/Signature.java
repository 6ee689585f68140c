package dev.scriptorium.server.catalog.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.Optional;

/** Names formats that are no books, so that a refusal can say what came instead. */
final class Signature {
  private static final Map<String, String> AT_START =
      Map.ofEntries(
          Map.entry("\u0089PNG\r\n\u001a\n", "image/png"),
          Map.entry("\u00ff\u00d8\u00ff", "image/jpeg"),
          Map.entry("GIF8", "image/gif"),
          Map.entry("II*\0", "image/tiff"),
          Map.entry("MM\0*", "image/tiff"),
          Map.entry("\u001f\u008b", "application/gzip"),
          Map.entry("BZh", "application/x-bzip2"),
          Map.entry("\u00fd7zXZ\0", "application/x-xz"),
          Map.entry("7z\u00bc\u00af'\u001c", "application/x-7z-compressed"),
          Map.entry("Rar!\u001a\u0007", "application/vnd.rar"),
          Map.entry(
              "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "application/x-ole-storage"),
          Map.entry("{\\rtf", "application/rtf"),
          Map.entry("%!PS", "application/postscript"),
          Map.entry("AT&TFORM", "image/vnd.djvu"),
          Map.entry("ITOLITLS", "application/x-ms-reader"),
          Map.entry("ITSF", "application/vnd.ms-htmlhelp"),
          Map.entry("ID3", "audio/mpeg"),
          Map.entry("OggS", "audio/ogg"),
          Map.entry("SQLite format 3\0", "application/vnd.sqlite3"),
          Map.entry("\u007fELF", "application/x-executable"));
  private static final int LONGEST = 64;
  // Palm databases keep type and creator there.
  private static final int PALM_TYPE_AT = 60;

  private Signature() {}

  /** True for an archive that begins with an entry, or that has none. */
  static boolean isZip(byte[] head) {
    String start = start(head);
    return start.startsWith("PK\u0003\u0004") || start.startsWith("PK\u0005\u0006");
  }

  /** The media type of a known format that is no book; empty when none is recognised. */
  static Optional<String> mediaType(byte[] head) {
    String start = start(head);
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return Optional.of("image/webp");
    }
    if (start.startsWith("ftyp", 4)) {
      return Optional.of("video/mp4");
    }
    if (start.startsWith("BOOK", PALM_TYPE_AT)) {
      return Optional.of("application/x-mobipocket-ebook");
    }
    return AT_START.entrySet().stream()
        .filter(entry -> start.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String start(byte[] head) {
    return new String(head, 0, Math.min(head.length, LONGEST), ISO_8859_1);
  }
}
