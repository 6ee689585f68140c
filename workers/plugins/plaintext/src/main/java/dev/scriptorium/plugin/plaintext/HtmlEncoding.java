package dev.scriptorium.plugin.plaintext;

import dev.scriptorium.booktext.TextDecoding;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Sees to it that an HTML document says its encoding, before a parser takes it for UTF-8. */
final class HtmlEncoding {
  /** Where browsers look for a declaration, and a little more. */
  private static final int HEAD_BYTES = 4096;

  private static final Pattern DECLARATION =
      Pattern.compile("(?i)<\\?xml[^>]{0,200}encoding|<meta[^>]{0,500}charset");

  private HtmlEncoding() {}

  /** The same document; in UTF-8 with a byte order mark when it did not say what it is in. */
  static byte[] declared(byte[] html) {
    String head =
        new String(html, 0, Math.min(html.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
    if (DECLARATION.matcher(head).find()) {
      return html;
    }
    TextDecoding.Decoded decoded = TextDecoding.decode(html);
    return decoded.charset().equals(StandardCharsets.UTF_8)
        ? html
        : ("\uFEFF" + decoded.text()).getBytes(StandardCharsets.UTF_8);
  }
}
