package dev.scriptorium.booktext;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Type and size of a picture, from its first bytes and never from its name. Nothing is decoded.
 *
 * @param mediaType for example {@code image/jpeg}
 * @param width pixels; 0 when the header does not say
 * @param height pixels; 0 when the header does not say
 */
public record ImageType(String mediaType, int width, int height) {

  /** Recognises JPEG, PNG, GIF, WebP, BMP and SVG; nothing when it is none of them. */
  public static Optional<ImageType> of(byte[] bytes) {
    if (starts(bytes, 0, 0xFF, 0xD8, 0xFF)) {
      return Optional.of(jpeg(bytes));
    }
    if (starts(bytes, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A) && bytes.length >= 24) {
      return Optional.of(sized("image/png", be32(bytes, 16), be32(bytes, 20)));
    }
    if (starts(bytes, 0, 'G', 'I', 'F', '8') && bytes.length >= 10) {
      return Optional.of(sized("image/gif", le16(bytes, 6), le16(bytes, 8)));
    }
    if (starts(bytes, 0, 'R', 'I', 'F', 'F') && starts(bytes, 8, 'W', 'E', 'B', 'P')) {
      return Optional.of(webp(bytes));
    }
    if (starts(bytes, 0, 'B', 'M') && bytes.length >= 26) {
      return Optional.of(sized("image/bmp", le32(bytes, 18), Math.abs(le32(bytes, 22))));
    }
    return isSvg(bytes) ? Optional.of(new ImageType("image/svg+xml", 0, 0)) : Optional.empty();
  }

  /** True for SVG, whose size is not looked for. */
  public boolean isDrawing() {
    return mediaType.equals("image/svg+xml");
  }

  /** Width times height; 0 when unknown. */
  public long pixels() {
    return (long) width * height;
  }

  private static ImageType sized(String mediaType, int width, int height) {
    boolean sane = width > 0 && height > 0;
    return new ImageType(mediaType, sane ? width : 0, sane ? height : 0);
  }

  /** Walks the segments up to the frame header, which holds the size. */
  private static ImageType jpeg(byte[] bytes) {
    int at = 2;
    while (at + 9 < bytes.length && (bytes[at] & 0xFF) == 0xFF) {
      int marker = bytes[at + 1] & 0xFF;
      boolean frame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (frame) {
        return sized("image/jpeg", be16(bytes, at + 7), be16(bytes, at + 5));
      }
      boolean alone = marker == 0xFF || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
      at += marker == 0xFF ? 1 : alone ? 2 : 2 + Math.max(2, be16(bytes, at + 2));
    }
    return new ImageType("image/jpeg", 0, 0);
  }

  private static ImageType webp(byte[] bytes) {
    if (bytes.length >= 30 && starts(bytes, 12, 'V', 'P', '8', 'X')) {
      return sized("image/webp", le24(bytes, 24) + 1, le24(bytes, 27) + 1);
    }
    if (bytes.length >= 30 && starts(bytes, 12, 'V', 'P', '8', ' ')) {
      return sized("image/webp", le16(bytes, 26) & 0x3FFF, le16(bytes, 28) & 0x3FFF);
    }
    if (bytes.length >= 25 && starts(bytes, 12, 'V', 'P', '8', 'L')) {
      int bits = le32(bytes, 21);
      return sized("image/webp", (bits & 0x3FFF) + 1, ((bits >>> 14) & 0x3FFF) + 1);
    }
    return new ImageType("image/webp", 0, 0);
  }

  private static boolean isSvg(byte[] bytes) {
    int length = Math.min(bytes.length, 4096);
    String head = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    String lower = head.toLowerCase(Locale.ROOT);
    int svg = lower.indexOf("<svg");
    int html = lower.indexOf("<html");
    return svg >= 0 && (html < 0 || svg < html) && lower.stripLeading().matches("(?s)(ï»¿)?<.*");
  }

  private static boolean starts(byte[] bytes, int at, int... magic) {
    if (bytes.length < at + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[at + i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static int be16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private static int be32(byte[] bytes, int at) {
    return be16(bytes, at) << 16 | be16(bytes, at + 2);
  }

  private static int le16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }

  private static int le24(byte[] bytes, int at) {
    return le16(bytes, at) | (bytes[at + 2] & 0xFF) << 16;
  }

  private static int le32(byte[] bytes, int at) {
    return le16(bytes, at) | le16(bytes, at + 2) << 16;
  }
}
