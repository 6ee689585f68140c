package dev.scriptorium.plugin.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;

/**
 * Makes a file of a picture in a PDF, without decoding it to pixels: a JPEG is one already, and
 * plain samples become a PNG. Pictures in colours for printing, and in forms that need a decoder of
 * their own, are left out.
 */
final class PictureFile {
  private final PdfLimits limits;
  private final DecodedSize decodedSize;

  PictureFile(PdfLimits limits) {
    this.limits = limits;
    this.decodedSize = new DecodedSize(limits.sampleBytes());
  }

  /** The colours of samples: a palette makes one component of three. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Colours(int components, byte[] palette) {
    static final Colours GRAY = new Colours(1, new byte[0]);
    static final Colours RGB = new Colours(3, new byte[0]);
  }

  /**
   * The file; empty when there is none to be made.
   *
   * @throws IOException when the stream is damaged
   */
  Optional<byte[]> of(COSStream picture) throws IOException {
    if (isJpeg(picture)) {
      return jpeg(picture);
    }
    int bits = picture.getBoolean(COSName.IMAGE_MASK, false) ? 1 : bits(picture);
    Optional<Colours> colours = colours(picture);
    if (colours.isEmpty() || (bits != 1 && bits != 2 && bits != 4 && bits != 8)) {
      return Optional.empty();
    }
    return png(picture, bits, colours.get());
  }

  private static boolean isJpeg(COSStream picture) {
    COSBase filters = picture.getFilters();
    return COSName.DCT_DECODE.equals(filters)
        || (filters instanceof COSArray list
            && list.size() == 1
            && COSName.DCT_DECODE.equals(list.getObject(0)));
  }

  /** JPEGs of four colours look inverted almost everywhere. */
  private Optional<byte[]> jpeg(COSStream picture) throws IOException {
    boolean usual = colours(picture).filter(found -> found.palette().length == 0).isPresent();
    if (!usual || picture.getLength() > limits.book().imageBytes()) {
      return Optional.empty();
    }
    try (InputStream raw = picture.createRawInputStream()) {
      return Optional.of(raw.readNBytes(limits.book().imageBytes()));
    }
  }

  private static int bits(COSStream picture) {
    return picture.getInt(COSName.BITS_PER_COMPONENT, COSName.BPC, 8);
  }

  private Optional<byte[]> png(COSStream picture, int bits, Colours colours) throws IOException {
    int width = picture.getInt(COSName.WIDTH, COSName.W, 0);
    int height = picture.getInt(COSName.HEIGHT, COSName.H, 0);
    long row = ((long) width * bits * colours.components() + 7) / 8;
    boolean bounded =
        width > 0
            && height > 0
            && row * height <= limits.sampleBytes()
            && (long) width * height <= limits.book().imagePixels();
    if (!bounded || (bits != 8 && colours.components() > 1)) {
      return Optional.empty();
    }
    decodedSize.check(picture);
    byte[] samples;
    try (InputStream in = picture.createInputStream()) {
      samples = in.readNBytes((int) (row * height));
    }
    if (isInverted(picture)) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (byte) ~samples[i];
      }
    }
    PngWriter png = new PngWriter(width, height, bits, colours.components(), colours.palette());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    png.write(samples, (int) row, out);
    return out.size() <= limits.book().imageBytes()
        ? Optional.of(out.toByteArray())
        : Optional.empty();
  }

  private static boolean isInverted(COSStream picture) {
    return picture.getDictionaryObject(COSName.DECODE, COSName.D) instanceof COSArray decode
        && decode.size() > 0
        && decode.getObject(0) instanceof COSNumber first
        && first.floatValue() == 1;
  }

  private Optional<Colours> colours(COSStream picture) throws IOException {
    if (picture.getBoolean(COSName.IMAGE_MASK, false)) {
      return Optional.of(Colours.GRAY);
    }
    return colours(picture.getDictionaryObject(COSName.COLORSPACE, COSName.CS));
  }

  private Optional<Colours> colours(COSBase space) throws IOException {
    if (space instanceof COSName name) {
      return named(name);
    }
    if (!(space instanceof COSArray array)
        || array.size() < 2
        || !(array.getObject(0) instanceof COSName kind)) {
      return Optional.empty();
    }
    if (COSName.ICCBASED.equals(kind) && array.getObject(1) instanceof COSStream profile) {
      return switch (profile.getInt(COSName.N)) {
        case 1 -> Optional.of(Colours.GRAY);
        case 3 -> Optional.of(Colours.RGB);
        default -> Optional.empty();
      };
    }
    boolean indexed = COSName.INDEXED.equals(kind) || COSName.I.equals(kind);
    return indexed && array.size() == 4 ? indexed(array) : named(kind);
  }

  private static Optional<Colours> named(COSName name) {
    return switch (name.getName()) {
      case "DeviceGray", "G", "CalGray" -> Optional.of(Colours.GRAY);
      case "DeviceRGB", "RGB", "CalRGB" -> Optional.of(Colours.RGB);
      default -> Optional.empty();
    };
  }

  /** The base has to be plain itself: a palette of palettes is no picture. */
  private Optional<Colours> indexed(COSArray array) throws IOException {
    COSBase base = array.getObject(1);
    boolean nested =
        base instanceof COSArray inner
            && (COSName.INDEXED.equals(inner.getObject(0)) || COSName.I.equals(inner.getObject(0)));
    Optional<Colours> colours = nested ? Optional.empty() : colours(base);
    if (colours.isEmpty()) {
      return colours;
    }
    byte[] table = table(array.getObject(3));
    int components = colours.get().components();
    byte[] palette = new byte[3 * Math.min(256, table.length / components)];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = components == 3 ? table[i] : table[i / 3];
    }
    return palette.length == 0 ? Optional.empty() : Optional.of(new Colours(1, palette));
  }

  private byte[] table(COSBase table) throws IOException {
    return switch (table) {
      case COSString string -> string.getBytes();
      case COSStream stream -> {
        decodedSize.check(stream);
        try (InputStream in = stream.createInputStream()) {
          yield in.readNBytes(3 * 256);
        }
      }
      case COSObject reference -> table(reference.getObject());
      case null, default -> new byte[0];
    };
  }
}
