package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.BookArchive;
import dev.scriptorium.booktext.XmlNode;
import dev.scriptorium.plugin.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What of the book is encrypted. Obfuscated fonts are not DRM; a book is protected when documents
 * that a reader needs are declared encrypted, or rights of a DRM scheme lie beside them, and the
 * documents are indeed not readable.
 */
final class Protection {
  private static final Set<String> OBFUSCATION =
      Set.of("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC");
  private static final int HEAD = 512;

  private final BookArchive archive;
  private final Map<String, String> algorithms = new LinkedHashMap<>();

  /**
   * @param encryption root of {@code META-INF/encryption.xml}
   */
  Protection(BookArchive archive, XmlNode encryption) {
    this.archive = archive;
    encryption
        .all("EncryptedData")
        .forEach(
            data -> {
              String algorithm = attribute(data, "EncryptionMethod", "Algorithm");
              String uri = attribute(data, "CipherReference", "URI");
              ContainerPath.resolve("", uri)
                  .ifPresent(target -> algorithms.put(target.path(), algorithm));
            });
  }

  /** True when the resource is really encrypted, which an obfuscated font is not. */
  boolean isEncrypted(String path) {
    String algorithm = algorithms.get(path);
    return algorithm != null && !OBFUSCATION.contains(algorithm);
  }

  /** Number of fonts that are obfuscated, which hinders nobody from reading the text. */
  long obfuscated() {
    return algorithms.values().stream().filter(OBFUSCATION::contains).count();
  }

  /**
   * Refuses a protected book.
   *
   * @param documents paths of the content documents
   * @throws JobFailure naming the scheme
   */
  void check(Set<String> documents) throws JobFailure, IOException {
    boolean rights = hasRights();
    for (String document : documents) {
      if ((rights || isEncrypted(document)) && archive.has(document) && !isReadable(document)) {
        throw new JobFailure(
            JobFailure.Reason.DRM_PROTECTED, "The book is protected by " + scheme(document));
      }
    }
  }

  private boolean hasRights() {
    return archive.has("META-INF/rights.xml")
        || archive.has("META-INF/license.lcpl")
        || archive.has("META-INF/sinf.xml");
  }

  private String scheme(String document) {
    String algorithm = algorithms.getOrDefault(document, "");
    String lower = algorithm.toLowerCase(Locale.ROOT);
    if (archive.has("META-INF/license.lcpl") || lower.contains("readium")) {
      return "LCP (Readium)";
    }
    if (archive.has("META-INF/sinf.xml") || lower.contains("itunes")) {
      return "FairPlay (Apple)";
    }
    if (archive.has("META-INF/rights.xml") || lower.contains("adobe")) {
      return "ADEPT (Adobe)";
    }
    return "an unknown DRM scheme" + (algorithm.isEmpty() ? "" : ", algorithm " + algorithm);
  }

  /** Encrypted bytes do not begin as markup, whatever the declarations say. */
  private boolean isReadable(String document) throws IOException {
    byte[] head;
    try (InputStream in = archive.stream(document, Integer.MAX_VALUE)) {
      head = in.readNBytes(HEAD);
    }
    int start = 0;
    while (start < head.length && isIgnoredBeforeMarkup(head[start] & 0xFF)) {
      start++;
    }
    return start == head.length || (head[start] == '<' && isText(head));
  }

  /** White space, byte order marks, and the zero bytes of UTF-16. */
  private static boolean isIgnoredBeforeMarkup(int b) {
    return b == 0
        || b == ' '
        || (b >= '\t' && b <= '\r')
        || b == 0xEF
        || b == 0xBB
        || b == 0xBF
        || b >= 0xFE;
  }

  private static boolean isText(byte[] head) {
    for (byte b : head) {
      if (b > 0 && b < ' ' && !(b >= '\t' && b <= '\r')) {
        return false;
      }
    }
    return true;
  }

  private static String attribute(XmlNode data, String element, String name) {
    return data.all(element).map(node -> node.attribute(name)).findFirst().orElse("");
  }
}
