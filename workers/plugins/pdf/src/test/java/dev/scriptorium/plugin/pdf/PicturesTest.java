package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  @TempDir Path folder;

  private static BufferedImage painted(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (x * 5 & 0xFF) << 16 | (y * 3 & 0xFF) << 8 | 0x40);
      }
    }
    return image;
  }

  private static void draw(PdfBook pdf, PDImageXObject image, float y, float size)
      throws IOException {
    PDPage page = pdf.document.getPage(pdf.document.getNumberOfPages() - 1);
    try (PDPageContentStream content =
        new PDPageContentStream(pdf.document, page, PDPageContentStream.AppendMode.APPEND, false)) {
      content.drawImage(image, 50, PdfBook.HEIGHT - y - size, size, size);
    }
  }

  @Test
  void samplesBecomeAPictureWithTheSameColours() throws Exception {
    BufferedImage original = painted(70, 50);
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page().line(50, 100, "Above the picture.");
      draw(pdf, LosslessFactory.createFromImage(pdf.document, original), 150, 100);
      pdf.line(50, 300, "Below the picture.");
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.images).hasSize(1);
    Image image = book.images.getFirst();
    assertThat(image.mediaType()).isEqualTo("image/png");
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(image.bytes()));
    assertThat(read.getWidth()).isEqualTo(70).isEqualTo(image.width());
    for (int y = 0; y < 50; y++) {
      for (int x = 0; x < 70; x++) {
        assertThat(read.getRGB(x, y)).isEqualTo(original.getRGB(x, y));
      }
    }
    assertThat(book.chapters.getFirst().html())
        .isEqualTo(
            "<p>Above the picture.</p><figure><img src=\"%s\" alt=\"\"></figure><p>Below the picture.</p>"
                .formatted(image.resource()));
    assertThat(book.text()).isEqualTo("Above the picture.\n\nBelow the picture.");
  }

  @Test
  void aJpegIsTakenAsItIsAndOnce() throws Exception {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(painted(60, 60), "jpeg", jpeg);
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      PDImageXObject image = JPEGFactory.createFromByteArray(pdf.document, jpeg.toByteArray());
      pdf.page().line(50, 100, "First page.");
      draw(pdf, image, 150, 100);
      pdf.page().line(50, 100, "Second page.");
      draw(pdf, image, 150, 100);
      draw(pdf, image, 300, 8);
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.images).hasSize(1);
    assertThat(book.images.getFirst().bytes()).isEqualTo(jpeg.toByteArray());
    assertThat(book.chapters.getFirst().html().split("<img", -1)).hasSize(3);
  }

  @Test
  void aPaletteAndAStencilAreRead() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page();
      draw(pdf, palette(pdf), 50, 100);
      pdf.page();
      draw(pdf, stencil(pdf), 50, 100);
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.images).hasSize(2);
    BufferedImage palette = ImageIO.read(new ByteArrayInputStream(book.images.getFirst().bytes()));
    assertThat(palette.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFF0000);
    assertThat(palette.getRGB(1, 0) & 0xFFFFFF).isEqualTo(0x0000FF);
    BufferedImage stencil = ImageIO.read(new ByteArrayInputStream(book.images.get(1).bytes()));
    assertThat(stencil.getRGB(0, 0) & 0xFFFFFF).isZero();
    assertThat(stencil.getRGB(7, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }

  private static PDImageXObject palette(PdfBook pdf) throws IOException {
    COSArray space = new COSArray();
    space.add(COSName.INDEXED);
    space.add(COSName.DEVICERGB);
    space.add(COSInteger.get(1));
    space.add(new COSString(new byte[] {(byte) 0xFF, 0, 0, 0, 0, (byte) 0xFF}));
    return samples(pdf, new byte[] {0, 1, 1, 0}, 2, 2, 8, space);
  }

  private static PDImageXObject stencil(PdfBook pdf) throws IOException {
    PDImageXObject image = samples(pdf, new byte[] {0x0F}, 8, 1, 1, COSName.DEVICEGRAY);
    image.getCOSObject().removeItem(COSName.COLORSPACE);
    image.getCOSObject().setBoolean(COSName.IMAGE_MASK, true);
    return image;
  }

  private static PDImageXObject samples(
      PdfBook pdf,
      byte[] samples,
      int width,
      int height,
      int bits,
      org.apache.pdfbox.cos.COSBase space)
      throws IOException {
    PDImageXObject image =
        new PDImageXObject(
            pdf.document, new ByteArrayInputStream(samples), null, width, height, bits, null);
    image.getCOSObject().setItem(COSName.COLORSPACE, space);
    return image;
  }

  @Test
  void aPictureBeyondTheLimitIsLeftOutAndNamed() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page().line(50, 100, "Text.");
      draw(pdf, samples(pdf, new byte[] {1}, 90_000, 90_000, 8, COSName.DEVICERGB), 200, 100);
      draw(pdf, samples(pdf, new byte[] {1}, 100, 100, 8, COSName.DEVICECMYK), 320, 100);
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.text()).isEqualTo("Text.");
    assertThat(book.images).isEmpty();
    assertThat(book.warningReasons()).containsExactly("IMAGE_UNREADABLE", "IMAGE_UNREADABLE");
    assertThat(book.degraded).isFalse();
  }

  @Test
  void theScanBehindATextIsNoPictureOfTheBook() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      PDImageXObject scan = LosslessFactory.createFromImage(pdf.document, painted(40, 60));
      for (int i = 0; i < 2; i++) {
        pdf.page();
        PDPage page = pdf.document.getPage(i);
        try (PDPageContentStream content =
            new PDPageContentStream(
                pdf.document, page, PDPageContentStream.AppendMode.APPEND, false)) {
          content.drawImage(scan, 0, 0, PdfBook.WIDTH, PdfBook.HEIGHT);
        }
      }
      pdf.line(50, 200, "Recognised.");
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.chapters.getFirst().html())
        .isEqualTo(
            "<figure><img src=\"%s\" alt=\"\"></figure><p>Recognised.</p>"
                .formatted(book.images.getFirst().resource()));
  }
}
