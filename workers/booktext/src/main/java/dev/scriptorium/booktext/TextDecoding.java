package dev.scriptorium.booktext;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the encoding of a text that does not say it: byte order mark, zero bytes of UTF-16, UTF-8
 * with at most a few damaged bytes, and for the rest a {@link CodePages guess}.
 */
public final class TextDecoding {
  private static final int SAMPLE = 64 * 1024;

  private TextDecoding() {}

  /**
   * A decoded text.
   *
   * @param text without byte order mark
   * @param guessed true when nothing in the file proves the encoding
   */
  public record Decoded(String text, Charset charset, boolean guessed) {}

  /** Decodes a text; what is no text comes out as replacement characters. */
  public static Decoded decode(byte[] bytes) {
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
    String utf8 = new String(bytes, StandardCharsets.UTF_8);
    int damaged = (int) utf8.chars().filter(c -> c == 0xFFFD).count();
    if (damaged == 0 || isMostlyUtf8(utf8, damaged)) {
      return new Decoded(utf8, StandardCharsets.UTF_8, damaged > 0);
    }
    Charset charset = CodePages.guess(Arrays.copyOf(bytes, Math.min(bytes.length, SAMPLE)));
    return new Decoded(new String(bytes, charset), charset, true);
  }

  /** True when the characters are those of no text. */
  public static boolean isBinary(String text) {
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

  private static boolean isMostlyUtf8(String text, int damaged) {
    long beyondAscii = text.chars().filter(c -> c > 0x7F).count();
    return beyondAscii > damaged * 10L;
  }
}
