package dev.scriptorium.booktext;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes small JPEGs of a cover. The header's size is checked before anything is decoded, and a
 * large picture is thinned out while it is read, so that memory stays near the size of the result.
 * Thread-safe.
 */
public final class Thumbnails {
  /** Width of the small picture, in pixels. */
  public static final int SMALL = 300;

  /** Width of the large picture, in pixels. */
  public static final int LARGE = 800;

  private static final float QUALITY = 0.82f;

  private final Limits limits;

  public Thumbnails(Limits limits) {
    this.limits = limits;
  }

  /**
   * A JPEG of at most the given width and twice that height, never larger than the original.
   *
   * @param width pixels, at least 1
   * @return nothing when the picture is of a kind that cannot be decoded, damaged, or too large
   */
  public Optional<Thumbnail> of(byte[] picture, int width) {
    Optional<ImageType> type = ImageType.of(picture);
    if (type.isEmpty() || type.get().pixels() < 1 || type.get().pixels() > limits.imagePixels()) {
      return Optional.empty();
    }
    try {
      return decode(picture, width).map(image -> scale(image, width)).map(Thumbnails::encode);
    } catch (IOException | RuntimeException e) {
      // The decoders of the JDK throw any RuntimeException on damaged pictures.
      return Optional.empty();
    }
  }

  /**
   * A picture made smaller.
   *
   * @param jpeg not copied, not to be changed
   * @param width pixels
   * @param height pixels
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Thumbnail(byte[] jpeg, int width, int height) {}

  private Optional<BufferedImage> decode(byte[] picture, int width) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(picture))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return read(reader, width);
      } finally {
        reader.dispose();
      }
    }
  }

  private Optional<BufferedImage> read(ImageReader reader, int width) throws IOException {
    // Once more, by the decoder itself: a file may have two headers.
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > limits.imagePixels()) {
      return Optional.empty();
    }
    ImageReadParam param = reader.getDefaultReadParam();
    int step = Math.max(1, reader.getWidth(0) / (width * 2));
    param.setSourceSubsampling(step, step, 0, 0);
    return Optional.of(reader.read(0, param));
  }

  /** Halves until near the target and then scales once: a single large step would shimmer. */
  private static BufferedImage scale(BufferedImage source, int width) {
    double factor =
        Math.min(
            1.0, Math.min((double) width / source.getWidth(), 2.0 * width / source.getHeight()));
    int targetWidth = Math.max(1, (int) Math.round(source.getWidth() * factor));
    int targetHeight = Math.max(1, (int) Math.round(source.getHeight() * factor));
    BufferedImage image = source;
    while (image.getWidth() >= targetWidth * 2 && image.getHeight() >= targetHeight * 2) {
      image = draw(image, image.getWidth() / 2, image.getHeight() / 2);
    }
    return draw(image, targetWidth, targetHeight);
  }

  private static BufferedImage draw(BufferedImage source, int width, int height) {
    BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = target.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(source, 0, 0, width, height, null);
    graphics.dispose();
    return target;
  }

  private static Thumbnail encode(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new IllegalStateException("writing a JPEG to memory failed", e);
    } finally {
      writer.dispose();
    }
    return new Thumbnail(bytes.toByteArray(), image.getWidth(), image.getHeight());
  }
}
