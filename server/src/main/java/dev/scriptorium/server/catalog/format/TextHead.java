package dev.scriptorium.server.catalog.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.charset.Charset;
import java.util.Optional;

/** Tells text from binary data and decodes enough of it to find ASCII names. */
final class TextHead {
  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final String UTF_8_MARK = "\u00ef\u00bb\u00bf";

  private TextHead() {}

  /**
   * @return the head as text, without byte order mark; UTF-8 and 8-bit code pages are decoded as
   *     Latin-1, which keeps ASCII; empty when the bytes are no text
   */
  static Optional<String> decode(byte[] head, long size) {
    Charset charset = charset(head);
    String text = new String(head, charset);
    // Old editors end a file with a Ctrl-Z.
    if (size == head.length && text.endsWith("\u001a")) {
      text = text.substring(0, text.length() - 1);
    }
    String unmarked = withoutMark(text);
    return isText(unmarked) ? Optional.of(unmarked) : Optional.empty();
  }

  private static Charset charset(byte[] head) {
    if (head.length < 2) {
      return ISO_8859_1;
    }
    int first = ((head[0] & 0xff) << 8) | (head[1] & 0xff);
    return switch (first) {
      case 0xfffe, '<' << 8 -> UTF_16LE;
      case 0xfeff, '<' -> UTF_16BE;
      default -> ISO_8859_1;
    };
  }

  private static String withoutMark(String text) {
    if (text.startsWith(UTF_8_MARK)) {
      return text.substring(UTF_8_MARK.length());
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static boolean isText(String text) {
    return !text.isBlank() && text.chars().allMatch(TextHead::isTextChar);
  }

  private static boolean isTextChar(int c) {
    return c >= 0x20 ? c != 0x7f : c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }
}
