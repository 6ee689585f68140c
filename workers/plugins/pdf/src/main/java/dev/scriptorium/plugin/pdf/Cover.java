package dev.scriptorium.plugin.pdf;

import dev.scriptorium.booktext.ImageType;
import dev.scriptorium.booktext.Thumbnails;
import dev.scriptorium.booktext.Thumbnails.Thumbnail;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Image;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the picture that covers most of the first page as the cover. Pages are never rendered: that
 * would cost more than all of the rest, and run far more of PDFBox on a stranger's file.
 */
final class Cover {
  private static final Logger LOG = LoggerFactory.getLogger(Cover.class);

  /** A picture that has to be converted is thinned out to about this many pixels. */
  private static final long CONVERTED_PIXELS = 2_000_000;

  private final PdfLimits limits;
  private final PagePictures pictures;
  private final DecodedSize decodedSize;
  private final Thumbnails thumbnails;

  Cover(PdfLimits limits, InstantSource clock, BooleanSupplier stopRequested) {
    this.limits = limits;
    this.pictures = new PagePictures(limits, clock, stopRequested);
    this.decodedSize = new DecodedSize(limits.streamBytes());
    this.thumbnails = new Thumbnails(limits.book());
  }

  /** Hands the cover and its two thumbnails to the sink, when there is one. */
  void find(PDPage firstPage, BookSink sink) throws IOException {
    Optional<byte[]> cover = pictures.covering(firstPage).flatMap(this::bytes);
    if (cover.isEmpty()) {
      return;
    }
    byte[] bytes = cover.get();
    Optional<ImageType> type = ImageType.of(bytes);
    Optional<Thumbnail> small = thumbnails.of(bytes, Thumbnails.SMALL);
    Optional<Thumbnail> large = thumbnails.of(bytes, Thumbnails.LARGE);
    if (type.isPresent() && small.isPresent() && large.isPresent()) {
      ImageType found = type.get();
      sink.image(new Image(Image.COVER, found.mediaType(), found.width(), found.height(), bytes));
      sink.image(thumbnail(Image.COVER_SMALL, small.get()));
      sink.image(thumbnail(Image.COVER_LARGE, large.get()));
    }
  }

  private static Image thumbnail(String resource, Thumbnail thumbnail) {
    return new Image(
        resource, "image/jpeg", thumbnail.width(), thumbnail.height(), thumbnail.jpeg());
  }

  private Optional<byte[]> bytes(PDImageXObject picture) {
    try {
      if ((long) picture.getWidth() * picture.getHeight() > limits.book().imagePixels()) {
        return Optional.empty();
      }
      Optional<byte[]> jpeg = jpeg(picture);
      return jpeg.isPresent() ? jpeg : converted(picture);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      LOG.debug("the picture of the first page cannot be read", e);
      return Optional.empty();
    }
  }

  /** A JPEG as it is in the file, when it is one that everybody can show. */
  private Optional<byte[]> jpeg(PDImageXObject picture) throws IOException {
    COSStream stream = picture.getCOSObject();
    boolean plain = COSName.DCT_DECODE.equals(stream.getFilters());
    if (!plain || stream.getLength() > limits.book().imageBytes()) {
      return Optional.empty();
    }
    try (InputStream raw = stream.createRawInputStream()) {
      byte[] bytes = raw.readNBytes(limits.book().imageBytes());
      boolean readable = thumbnails.of(bytes, Thumbnails.SMALL).isPresent();
      return readable ? Optional.of(bytes) : Optional.empty();
    }
  }

  private Optional<byte[]> converted(PDImageXObject picture) throws IOException {
    long pixels = (long) picture.getWidth() * picture.getHeight();
    long samples = pixels * Math.max(1, picture.getColorSpace().getNumberOfComponents());
    if (samples * picture.getBitsPerComponent() / Byte.SIZE > limits.streamBytes()) {
      return Optional.empty();
    }
    decodedSize.check(picture.getCOSObject());
    int step = (int) Math.max(1, Math.round(Math.sqrt((double) pixels / CONVERTED_PIXELS)));
    BufferedImage image = picture.getImage(null, step);
    BufferedImage opaque =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    opaque.createGraphics().drawImage(image, 0, 0, Color.WHITE, null);
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    return ImageIO.write(opaque, "jpeg", jpeg) ? Optional.of(jpeg.toByteArray()) : Optional.empty();
  }
}
