package dev.scriptorium.plugin.plaintext;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the encoding of a text: byte order mark, zero bytes of UTF-16, valid UTF-8, and for the
 * rest a guess between Western and Cyrillic code pages.
 */
final class TextDecoding {
  private static final int SAMPLE = 64 * 1024;

  private TextDecoding() {}

  /**
   * A decoded text.
   *
   * @param guessed true when nothing in the file proves the encoding
   */
  record Decoded(String text, Charset charset, boolean guessed) {}

  static Decoded decode(byte[] bytes) {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return new Decoded(
          new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8),
          StandardCharsets.UTF_8,
          false);
    }
    if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
      return new Decoded(
          new String(bytes, StandardCharsets.UTF_16), StandardCharsets.UTF_16, false);
    }
    Charset wide = wide(bytes);
    if (wide != null) {
      return new Decoded(new String(bytes, wide), wide, true);
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return new Decoded(text, StandardCharsets.UTF_8, false);
    } catch (CharacterCodingException e) {
      Charset charset = mostlyUtf8(bytes) ? StandardCharsets.UTF_8 : codePage(bytes);
      return new Decoded(new String(bytes, charset), charset, true);
    }
  }

  /** True when the bytes hold what no text holds. */
  static boolean isBinary(String text) {
    int controls = 0;
    int length = Math.min(text.length(), SAMPLE);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      controls +=
          c == 0 || c == 0xFFFD || (c < ' ' && !Character.isWhitespace(c) && c != 0x1A) ? 1 : 0;
    }
    return controls > length / 20;
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** In UTF-16 of alphabetic scripts nearly every second byte is one of the first few. */
  private static @Nullable Charset wide(byte[] bytes) {
    int length = Math.min(bytes.length, SAMPLE) & ~1;
    int[] small = new int[2];
    for (int i = 0; i < length; i++) {
      small[i & 1] += bytes[i] >= 0 && bytes[i] <= 6 ? 1 : 0;
    }
    int most = length / 2 * 7 / 10;
    int few = length / 2 * 3 / 10;
    if (length > 0 && small[1] > most && small[0] < few) {
      return StandardCharsets.UTF_16LE;
    }
    return length > 0 && small[0] > most && small[1] < few ? StandardCharsets.UTF_16BE : null;
  }

  /** A UTF-8 text with a few damaged bytes is still UTF-8. */
  private static boolean mostlyUtf8(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int bad = 0;
    int beyondAscii = 0;
    for (int i = 0; i < text.length(); i++) {
      bad += text.charAt(i) == 0xFFFD ? 1 : 0;
      beyondAscii += text.charAt(i) > 0x7F ? 1 : 0;
    }
    return beyondAscii > bad * 10;
  }

  /**
   * Cyrillic text is made of high bytes, Western text of few. In Windows-1251 the small letters are
   * the upper half of them, in KOI8-R the lower.
   */
  private static Charset codePage(byte[] bytes) {
    int letters = 0;
    int lowerHalf = 0;
    int upperHalf = 0;
    for (int i = 0; i < Math.min(bytes.length, SAMPLE); i++) {
      int b = bytes[i] & 0xFF;
      letters += Character.isLetter(b) && b < 0x80 ? 1 : 0;
      lowerHalf += b >= 0xC0 && b < 0xE0 ? 1 : 0;
      upperHalf += b >= 0xE0 ? 1 : 0;
    }
    if (lowerHalf + upperHalf < letters / 2) {
      return Charset.forName("windows-1252");
    }
    return Charset.forName(upperHalf >= lowerHalf ? "windows-1251" : "KOI8-R");
  }
}
