package dev.scriptorium.server.embedded;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that comes inside a jar of the class path.
 *
 * @param path absolute, for example {@code /postgres-linux-x86_64.txz}
 */
record Resource(String path) {
  InputStream open() throws IOException {
    InputStream stream = Resource.class.getResourceAsStream(path);
    if (stream == null) {
      throw new FileNotFoundException("no " + path + " on the class path");
    }
    return stream;
  }

  /** First 16 hexadecimal digits of its SHA-256: names the folder that it is unpacked to. */
  String fingerprint() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream stream = new DigestInputStream(open(), digest)) {
        stream.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
