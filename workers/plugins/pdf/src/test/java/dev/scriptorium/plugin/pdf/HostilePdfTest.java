package dev.scriptorium.plugin.pdf;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.JobFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files made to hang, to fill memory, or broken by chance. */
@Timeout(value = 60, unit = SECONDS)
class HostilePdfTest {
  @TempDir Path folder;

  @Test
  void tenLevelsOfTenFormsEndAtTheBudget() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page().line(50, 70, "Before the forms.");
      PDPage page = pdf.document.getPage(0);
      PDFormXObject inner = form(pdf, null, 0);
      for (int level = 0; level < 10; level++) {
        inner = form(pdf, inner, 10);
      }
      draw(pdf, page, inner);
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.degraded).isTrue();
    assertThat(book.warningReasons()).contains("PAGE_INCOMPLETE");
    assertThat(book.text()).contains("Before the forms.");
  }

  @Test
  void aFormThatDrawsItselfIsDrawnOnce() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page();
      PDFormXObject form = form(pdf, null, 0);
      PDResources resources = new PDResources();
      resources.put(COSName.getPDFName("Self"), form);
      form.setResources(resources);
      write(form.getContentStream(), "/Self Do /Self Do ");
      draw(pdf, pdf.document.getPage(0), form);
      pdf.line(50, 90, "After the form.");
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.degraded).isFalse();
    assertThat(book.text()).isEqualTo("After the form.");
  }

  @Test
  void aContentStreamThatGrowsBeyondTheLimitIsNotRead() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page();
      PDStream stream = new PDStream(pdf.document);
      try (var out = stream.createOutputStream(COSName.FLATE_DECODE)) {
        byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 60; i++) {
          out.write(spaces);
        }
      }
      pdf.document.getPage(0).setContents(stream);
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.warnings.getFirst().message()).contains("stream-bytes=");
  }

  @Test
  void anOutlineThatLoopsIsReadOnce() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page().line(50, 70, "Text.").outline("A", 60).outline("B", 60);
      PDOutlineItem first = pdf.document.getDocumentCatalog().getDocumentOutline().getFirstChild();
      first.getNextSibling().getCOSObject().setItem(COSName.NEXT, first);
      book = RecordedBook.inspect(pdf.save(folder), folder);
    }

    assertThat(book.contents).extracting("title").containsExactly("A", "B");
  }

  @Test
  void moreGlyphsThanTheBudgetEndThePage() throws Exception {
    PdfLimits few =
        new PdfLimits(
            PdfLimits.DEFAULT.book(),
            PdfLimits.DEFAULT.pageTime(),
            10_000,
            100,
            10,
            4,
            1 << 20,
            10,
            1 << 20,
            1_000);
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page();
      for (int i = 0; i < 20; i++) {
        pdf.line(50, 70 + i * 12, "twenty letters here.");
      }
      book = RecordedBook.run("parse", pdf.save(folder), folder, few, () -> false);
    }

    assertThat(book.text()).startsWith("twenty letters here.").hasSizeLessThan(130);
    assertThat(book.warnings.getFirst().message()).contains("glyphs=100");
  }

  @Test
  void truncatedAndFlippedFilesNeverHangOrThrowAnythingElse() throws Exception {
    byte[] sound;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page().heading(70, "One").outline("One", 60).lines(50, 100, "Text of one.", "\tMore.");
      pdf.page().heading(70, "Two").outline("Two", 60).lines(50, 100, "Text of two.");
      pdf.romanPages(1);
      sound = Files.readAllBytes(pdf.save(folder));
    }
    Random random = new Random(20261101);
    int read = 0;
    for (int i = 0; i < 400; i++) {
      read += isReadable(i % 2 == 0 ? truncated(sound, random) : flipped(sound, random)) ? 1 : 0;
    }

    assertThat(read).as("some damage does no harm").isPositive();
  }

  private static byte[] truncated(byte[] sound, Random random) {
    return Arrays.copyOf(sound, 1 + random.nextInt(sound.length - 1));
  }

  private static byte[] flipped(byte[] sound, Random random) {
    byte[] damaged = sound.clone();
    int flips = 1 + random.nextInt(20);
    for (int i = 0; i < flips; i++) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }

  private boolean isReadable(byte[] bytes) {
    try {
      Path file = Files.write(folder.resolve("damaged.pdf"), bytes);
      RecordedBook.inspect(file, folder);
      RecordedBook.parse(file, folder);
      return true;
    } catch (JobFailure | IOException e) {
      return false;
    }
  }

  private static PDFormXObject form(PdfBook pdf, @Nullable PDFormXObject inner, int draws)
      throws IOException {
    PDFormXObject form = new PDFormXObject(pdf.document);
    form.setBBox(new PDRectangle(PdfBook.WIDTH, PdfBook.HEIGHT));
    PDResources resources = new PDResources();
    if (inner != null) {
      resources.put(COSName.getPDFName("X"), inner);
    }
    form.setResources(resources);
    write(form.getContentStream(), "/X Do ".repeat(draws));
    return form;
  }

  private static void write(PDStream stream, String content) throws IOException {
    try (var out = stream.createOutputStream()) {
      out.write(content.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void draw(PdfBook pdf, PDPage page, PDFormXObject form) throws IOException {
    try (PDPageContentStream content =
        new PDPageContentStream(pdf.document, page, PDPageContentStream.AppendMode.APPEND, false)) {
      content.drawForm(form);
    }
  }
}
