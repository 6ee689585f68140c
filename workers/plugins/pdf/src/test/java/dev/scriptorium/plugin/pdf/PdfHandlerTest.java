package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobFailure.Reason;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.SourcePosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfHandlerTest {
  @TempDir Path folder;

  @Test
  void isFoundByTheServiceLoaderAndWarmsUp() throws IOException {
    JobHandler handler = ServiceLoader.load(JobHandler.class).findFirst().orElseThrow();

    handler.warm();

    assertThat(handler.capabilities())
        .extracting("kind", "mediaType")
        .containsExactlyInAnyOrder(
            tuple("inspect", "application/pdf"), tuple("parse", "application/pdf"));
  }

  @Test
  void theBookForWarmingUpHasWhatBooksHave() throws Exception {
    BundledFonts.use();
    Path file = Files.write(folder.resolve("warm.pdf"), WarmUpBook.large(BundledFonts.bytes()));

    RecordedBook book = RecordedBook.parse(file, folder);

    assertThat(book.warnings).isEmpty();
    assertThat(book.onlyMetadata().title()).isEqualTo("Warm");
    assertThat(book.contents).extracting("title").containsExactly("Begin");
    assertThat(book.positions).hasSize(2).extracting("pageLabel").contains("i", "ii");
    assertThat(book.text()).contains("what reading needs, line 5", "AB CDEF");
  }

  @Test
  void metadataComesFromTheDocumentInformation() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page().line(50, 70, "Text.");
      PDDocumentInformation info = pdf.document.getDocumentInformation();
      info.setTitle(" The  Lighthouse\u00ADs ");
      info.setAuthor("Ann Alder; Ben Birch");
      info.setSubject("A story");
      info.setKeywords("sea, light; storm");
      pdf.document.getDocumentCatalog().setLanguage("en_GB");
      book = RecordedBook.inspect(pdf.save(folder), folder);
    }

    assertThat(book.onlyMetadata().title()).isEqualTo("The Lighthouses");
    assertThat(book.onlyMetadata().contributors())
        .extracting("name", "role")
        .containsExactly(tuple("Ann Alder", "aut"), tuple("Ben Birch", "aut"));
    assertThat(book.onlyMetadata().languages()).containsExactly("en-GB");
    assertThat(book.onlyMetadata().subjects()).containsExactly("sea", "light", "storm");
    assertThat(book.onlyMetadata().pageCount()).isEqualTo(1);
    assertThat(book.onlyMetadata().format()).startsWith("PDF 1.");
  }

  @Test
  void theFileNameIsTheTitleOfLastResort() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      book = RecordedBook.inspect(pdf.page().save(folder), folder);
    }

    assertThat(book.onlyMetadata().title()).isEqualTo("book");
  }

  @Test
  void outlineCutsChaptersAndTextBeforeItIsFrontMatter() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page().line(50, 70, "To the reader.");
      pdf.page().heading(80, "The Harbour").outline("The Harbour", 60);
      pdf.lines(50, 110, "Boats lay there.", "\tNobody came.");
      pdf.heading(200, "The Storm").outline("The Storm", 180);
      pdf.lines(50, 230, "It blew.");
      pdf.page().lines(50, 70, "\tIt blew on.");
      pdf.romanPages(1);
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.chapters)
        .extracting(Chapter::title)
        .containsExactly("", "The Harbour", "The Storm");
    assertThat(book.chapters.get(1).text())
        .isEqualTo("The Harbour\n\nBoats lay there.\n\nNobody came.");
    assertThat(book.chapters.get(1).html())
        .isEqualTo("<h2>The Harbour</h2><p>Boats lay there.</p><p>Nobody came.</p>");
    assertThat(book.chapters)
        .extracting(Chapter::source)
        .containsExactly("pages 1-1", "pages 2-2", "pages 2-3");
    assertThat(book.positions).extracting(SourcePosition::pageLabel).containsExactly("i", "1", "2");
    SourcePosition third = book.positions.getLast();
    assertThat(book.textFrom(third.chapter(), third.chapterOffset())).isEqualTo("It blew on.");
  }

  @Test
  void contentsPointAtTheirHeadings() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page().heading(80, "One").outline("One", 60).lines(50, 110, "First text.");
      pdf.page().lines(50, 70, "More of the first.");
      pdf.line(50, 120, 13, "A part of it");
      var part = pdf.entry("A part of it", 100);
      pdf.document.getDocumentCatalog().getDocumentOutline().getFirstChild().addLast(part);
      pdf.lines(50, 150, "The part's text.");
      pdf.page().heading(80, "Two").outline("Two", 60);
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.contents).extracting("title").containsExactly("One", "A part of it", "Two");
    assertThat(book.contents).extracting("depth").containsExactly(0, 1, 0);
    assertThat(book.contents).extracting("chapter").containsExactly(1, 1, 2);
    assertThat(book.textFrom(1, book.contents.get(1).chapterOffset())).startsWith("A part of it\n");
  }

  @Test
  void bookWithoutOutlineIsCutByItsLargeHeadings() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      for (String title : List.of("Morning", "Noon", "Night")) {
        pdf.page().heading(80, title).lines(50, 110, "It was " + title + ".", "\tSo it was.");
      }
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.chapters)
        .extracting(Chapter::title)
        .containsExactly("Morning", "Noon", "Night");
    assertThat(book.contents).extracting("chapter").containsExactly(1, 2, 3);
  }

  @Test
  void bookWithNeitherIsCutIntoPartsOfTwentyPages() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      for (int i = 0; i < 25; i++) {
        pdf.page().line(50, 200, "Only line of this page, with words of its own: " + "x".repeat(i));
      }
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.chapters)
        .extracting(Chapter::title)
        .containsExactly("Pages 1-20", "Pages 21-25");
    assertThat(book.contents).isEmpty();
  }

  @Test
  void encryptedBookNeedsItsPassword() throws Exception {
    Path file;
    try (PdfBook pdf = PdfBook.create()) {
      file = pdf.page().line(50, 70, "Secret.").encrypted("reader").save(folder);
    }

    JobFailure failure =
        catchThrowableOfType(JobFailure.class, () -> RecordedBook.parse(file, folder));

    assertThat(failure.reason()).isEqualTo(Reason.PASSWORD_REQUIRED);
  }

  @Test
  void bookThatOnlyRestrictsItsUseIsRead() throws Exception {
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      pdf.page().line(50, 70, "Not so secret.").encrypted("");
      book = RecordedBook.parse(pdf.save(folder), folder);
    }

    assertThat(book.text()).isEqualTo("Not so secret.");
    assertThat(book.warningReasons()).containsExactly("COPYING_RESTRICTED");
  }

  @Test
  void emptyAndForeignFilesAreRefused() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pdf"));
    Path text = Files.writeString(folder.resolve("text.pdf"), "This is no PDF.");

    assertThat(failureOf(empty)).isEqualTo(Reason.FILE_EMPTY);
    assertThat(failureOf(text)).isEqualTo(Reason.FILE_CORRUPT);
  }

  private Reason failureOf(Path file) {
    return catchThrowableOfType(JobFailure.class, () -> RecordedBook.parse(file, folder)).reason();
  }

  @Test
  void stoppedJobKeepsThePagesItHasAndSaysSo() throws Exception {
    int[] asked = {0};
    RecordedBook book;
    try (PdfBook pdf = PdfBook.create()) {
      for (int i = 0; i < 10; i++) {
        pdf.page().line(50, 200, "Page with the number " + i + " of ten");
      }
      Path file = pdf.save(folder);
      book =
          RecordedBook.run(JobKinds.PARSE, file, folder, PdfLimits.DEFAULT, () -> ++asked[0] > 4);
    }

    assertThat(book.degraded).isTrue();
    assertThat(book.warningReasons()).contains("TIME_LIMIT");
    assertThat(book.text()).contains("number 3").doesNotContain("number 4");
  }
}
