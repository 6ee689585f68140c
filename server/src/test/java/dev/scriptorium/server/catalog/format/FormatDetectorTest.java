package dev.scriptorium.server.catalog.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatDetectorTest {
  private static final int HEAD = 64 << 10;

  private final FormatDetector detector = new FormatDetector();
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void anEpubIsKnownByItsMimetypeEntryWithoutReadingOn() throws IOException {
    byte[] epub =
        new TestZip().stored("mimetype", "application/epub+zip").deflated("x", noise()).bytes();

    assertThat(detect(epub, "book.epub")).isEqualTo(Format.EPUB);
    assertThat(reads).hasValue(0);
  }

  @Test
  void anEpubWithoutMimetypeIsKnownByItsContainerFarBehindTheHead() throws IOException {
    byte[] epub =
        new TestZip()
            .deflated("OEBPS/big.jpg", noise())
            .deflated("META-INF/container.xml", "<container/>".getBytes(UTF_8))
            .bytes();

    assertThat(detect(epub, "book.epub")).isEqualTo(Format.EPUB);
  }

  @Test
  void anEpubWithALargeDirectoryIsKnown() throws IOException {
    TestZip zip = new TestZip().deflated("a", noise()).stored("META-INF/container.xml", "<c/>");
    for (int i = 0; i < 2000; i++) {
      zip.stored("OEBPS/a-rather-long-name-for-a-chapter-of-a-book-" + i + ".xhtml", "");
    }

    assertThat(detect(zip.bytes(), "book.epub")).isEqualTo(Format.EPUB);
  }

  @Test
  void aTruncatedEpubIsStillAnEpub() throws IOException {
    byte[] whole =
        new TestZip()
            .deflated("META-INF/container.xml", "<container/>".getBytes(UTF_8))
            .deflated("x", noise())
            .bytes();

    assertThat(detect(Arrays.copyOf(whole, whole.length / 2), "b.epub")).isEqualTo(Format.EPUB);
  }

  @Test
  void aZipWithOneFb2IsAZippedFictionBook() throws IOException {
    assertThat(detect(new TestZip().deflated("Книга.FB2", noise()).bytes(), "book.fb2.zip"))
        .isEqualTo(Format.ZIPPED_FICTION_BOOK);
    assertThat(
            detect(
                new TestZip().stored("a.fb2", "<x/>").stored("b.fb2", "<x/>").bytes(), "two.zip"))
        .isEqualTo(Format.unsupported("application/zip"));
  }

  @Test
  void otherArchivesAreNamedAndRefused() throws IOException {
    assertThat(detect(new TestZip().stored("word/document.xml", "<x/>").bytes(), "a.epub"))
        .isEqualTo(
            Format.unsupported(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"));
    assertThat(
            detect(
                new TestZip().stored("mimetype", "application/vnd.oasis.opendocument.text").bytes(),
                "a.epub"))
        .isEqualTo(Format.unsupported("application/vnd.oasis.opendocument.text"));
    assertThat(detect(new TestZip().stored("001.jpg", "x").bytes(), "comic.epub"))
        .isEqualTo(Format.unsupported("application/zip"));
  }

  @Test
  void aPdfMayHaveJunkBeforeItsHeader() throws IOException {
    assertThat(detect(bytes("%PDF-1.7\n%\u00e2\u00e3"), "a.bin")).isEqualTo(Format.PDF);
    assertThat(detect(bytes("\0\0junk\r\n%PDF-1.4\n"), "a.bin")).isEqualTo(Format.PDF);
    assertThat(detect(bytes("\0".repeat(1100) + "%PDF-1.4"), "a.pdf"))
        .isEqualTo(Format.unsupported("application/octet-stream"));
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "windows-1251", "UTF-16", "UTF-16LE", "UTF-16BE", "koi8-r"})
  void aFictionBookIsKnownInEveryEncoding(String encoding) throws IOException {
    String xml =
        "<?xml version=\"1.0\" encoding=\"%s\"?>\n<!-- Книга --><!DOCTYPE x [<!ENTITY a \">\">]>"
                .formatted(encoding)
            + "<fb:FictionBook xmlns:fb=\"x\"><description>Роман</description>";

    assertThat(detect(xml.getBytes(Charset.forName(encoding)), "b.xml"))
        .isEqualTo(Format.FICTION_BOOK);
  }

  @Test
  void aByteOrderMarkDoesNotHideAFictionBook() throws IOException {
    assertThat(detect(bytes("\u00ef\u00bb\u00bf<FictionBook>"), "a"))
        .isEqualTo(Format.FICTION_BOOK);
    assertThat(detect("\ufeff<FictionBook>".getBytes(UTF_16LE), "a"))
        .isEqualTo(Format.FICTION_BOOK);
  }

  @Test
  void textIsTextInAnyEncodingAndTheNameDecidesBetweenItsKinds() throws IOException {
    assertThat(detect("Жил-был".getBytes(Charset.forName("windows-1251")), "a.txt"))
        .isEqualTo(Format.TEXT);
    assertThat(detect("Once upon a time".getBytes(UTF_16), "a.txt")).isEqualTo(Format.TEXT);
    assertThat(detect("One\f\tTwo\u001a".getBytes(ISO_8859_1), "a.epub")).isEqualTo(Format.TEXT);
    assertThat(detect(bytes("# One"), "README.MD")).isEqualTo(Format.MARKDOWN);
    assertThat(detect(bytes("a <b>fragment</b>"), "page.html")).isEqualTo(Format.HTML);
  }

  @Test
  void htmlIsKnownByItsContent() throws IOException {
    assertThat(detect(bytes(" <!DOCTYPE HTML><p>x"), "a.txt")).isEqualTo(Format.HTML);
    assertThat(detect(bytes("<!-- x --><HTML lang=en>"), "a.txt")).isEqualTo(Format.HTML);
    assertThat(detect(bytes("<?xml version='1.0'?><html xmlns='x'>"), "a")).isEqualTo(Format.HTML);
  }

  @Test
  void binaryDataIsNamedAndRefusedWhateverItsName() throws IOException {
    assertThat(detect(bytes("\u0089PNG\r\n\u001a\nxxxx"), "book.epub"))
        .isEqualTo(Format.unsupported("image/png"));
    assertThat(detect(bytes("\u00ff\u00d8\u00ff\u00e0"), "book.epub"))
        .isEqualTo(Format.unsupported("image/jpeg"));
    assertThat(detect(bytes("a".repeat(60) + "BOOKMOBI"), "b.txt"))
        .isEqualTo(Format.unsupported("application/x-mobipocket-ebook"));
    assertThat(detect(bytes("{\\rtf1"), "a.txt")).isEqualTo(Format.unsupported("application/rtf"));
    assertThat(detect(bytes("text with a \0 in it"), "a.txt"))
        .isEqualTo(Format.unsupported("application/octet-stream"));
    assertThat(detect(bytes("<?xml version='1.0'?><feed/>"), "a.fb2"))
        .isEqualTo(Format.unsupported("application/xml"));
    assertThat(detect("<svg/>".getBytes(UTF_16BE), "a"))
        .isEqualTo(Format.unsupported("image/svg+xml"));
  }

  @Test
  void noInputMakesItFail() throws IOException {
    Random random = new Random(7);
    byte[] seed = TestZip.epub();
    for (int i = 0; i < 20_000; i++) {
      byte[] mutated = Arrays.copyOf(seed, random.nextInt(seed.length + 1));
      for (int n = random.nextInt(4); n > 0 && mutated.length > 0; n--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      assertThat(detect(mutated, "a").mediaType()).contains("/");
    }
  }

  private Format detect(byte[] file, String name) throws IOException {
    byte[] head = Arrays.copyOf(file, Math.min(file.length, HEAD));
    return detector.detect(
        head,
        file.length,
        name,
        (offset, length) -> {
          reads.incrementAndGet();
          return ByteBuffer.wrap(file, Math.toIntExact(offset), length);
        });
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(ISO_8859_1);
  }

  private static byte[] noise() {
    byte[] noise = new byte[300_000];
    new Random(1).nextBytes(noise);
    return noise;
  }
}
