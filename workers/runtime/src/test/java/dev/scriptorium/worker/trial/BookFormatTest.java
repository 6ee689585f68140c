package dev.scriptorium.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookFormatTest {
  private static final String FB2 =
      "<?xml version=\"1.0\"?>\n<!-- a book -->\n<FictionBook xmlns=\"x\">";

  @TempDir private Path folder;

  @Test
  void textsAreToldApartByTheirRootAndThenByTheirName() throws IOException {
    assertThat(of("book.txt", FB2)).isEqualTo("application/x-fictionbook+xml");
    assertThat(of("page", "<!DOCTYPE html>\n<html><body>")).isEqualTo("text/html");
    assertThat(of("part.html", "<p>A fragment")).isEqualTo("text/html");
    assertThat(of("notes.MD", "# Title")).isEqualTo("text/markdown");
    assertThat(of("story.txt", "Once upon a time")).isEqualTo("text/plain");
    assertThat(of("less.txt", "a < b")).isEqualTo("text/plain");
    assertThat(of("other.xml", "<?xml version=\"1.0\"?><opml/>")).isEmpty();
  }

  @Test
  void textsInSixteenBitsAreRead() throws IOException {
    Path file = folder.resolve("book");
    Files.write(file, ("\uFEFF" + FB2).getBytes(StandardCharsets.UTF_16LE));

    assertThat(BookFormat.of(file)).contains("application/x-fictionbook+xml");
  }

  @Test
  void pdfIsFoundBehindALittleJunk() throws IOException {
    assertThat(of("a.txt", "junk\n%PDF-1.7\n")).isEqualTo("application/pdf");
    assertThat(of("b.txt", "about PDF")).isEqualTo("text/plain");
  }

  @Test
  void archivesAreToldApartByTheirFiles() throws IOException {
    assertThat(zip("META-INF/container.xml", "a.xhtml")).isEqualTo("application/epub+zip");
    assertThat(zip("Book.FB2")).isEqualTo("application/x-zip-compressed-fb2");
    assertThat(zip("word/document.xml")).isEmpty();
  }

  @Test
  void binaryFilesAreNoBooks() throws IOException {
    Path png = Files.write(folder.resolve("a.epub"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0});

    assertThat(BookFormat.of(png)).isEmpty();
  }

  private String of(String name, String content) throws IOException {
    return BookFormat.of(Files.writeString(folder.resolve(name), content)).orElse("");
  }

  private String zip(String... names) throws IOException {
    Path file = folder.resolve("archive");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.closeEntry();
      }
    }
    return BookFormat.of(file).orElse("");
  }
}
