package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailsTest {
  private final Thumbnails thumbnails = new Thumbnails(Limits.defaults());

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void aPictureBecomesASmallJpegOfTheSameShape(String format) throws IOException {
    byte[] picture = picture(format, 1200, 1800);

    Thumbnails.Thumbnail small = thumbnails.of(picture, Thumbnails.SMALL).orElseThrow();

    assertThat(ImageType.of(small.jpeg())).contains(new ImageType("image/jpeg", 300, 450));
    assertThat(small.width()).isEqualTo(300);
  }

  @Test
  void aSmallPictureIsNotEnlarged() throws IOException {
    assertThat(thumbnails.of(picture("png", 100, 50), Thumbnails.LARGE).orElseThrow().width())
        .isEqualTo(100);
  }

  @Test
  void aHugePictureIsNotDecoded() throws IOException {
    byte[] picture = picture("png", 10, 10);
    picture[16] = 0x7F;
    picture[20] = 0x7F;

    assertThat(ImageType.of(picture).orElseThrow().pixels()).isGreaterThan(1L << 60);
    assertThat(thumbnails.of(picture, Thumbnails.SMALL)).isEmpty();
  }

  @Test
  void aDamagedPictureGivesNothing() throws IOException {
    byte[] picture = picture("jpeg", 600, 600);
    byte[] cut = Arrays.copyOf(picture, 300);

    assertThat(thumbnails.of(cut, Thumbnails.SMALL)).isEmpty();
    assertThat(thumbnails.of(new byte[0], Thumbnails.SMALL)).isEmpty();
  }

  @Test
  void typeAndSizeComeFromTheBytes() throws IOException {
    assertThat(ImageType.of(picture("png", 7, 9))).contains(new ImageType("image/png", 7, 9));
    assertThat(ImageType.of(picture("gif", 7, 9))).contains(new ImageType("image/gif", 7, 9));
    assertThat(ImageType.of(picture("bmp", 7, 9))).contains(new ImageType("image/bmp", 7, 9));
    assertThat(ImageType.of("<?xml version='1.0'?><svg/>".getBytes(StandardCharsets.UTF_8)))
        .contains(new ImageType("image/svg+xml", 0, 0));
    assertThat(ImageType.of("<html><svg/></html>".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  private static byte[] picture(String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      image.setRGB(x, height / 2, x * 77);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }
}
