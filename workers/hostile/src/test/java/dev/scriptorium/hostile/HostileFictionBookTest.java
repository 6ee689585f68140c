package dev.scriptorium.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.JobFailure.Reason;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FictionBooks with too much of something. */
class HostileFictionBookTest {
  private static final String HEAD =
      "<FictionBook xmlns:l=\"http://www.w3.org/1999/xlink\"><description><title-info>"
          + "<book-title>T</book-title></title-info></description>";

  @TempDir Path folder;

  @Test
  @Tag("slow")
  void aPictureBeyondTheLimitIsLeftOut() throws IOException {
    Path file = folder.resolve("book");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(HEAD + "<body><section><p>Hello reader.</p></section></body><binary id=\"i\">");
      String line = "iVBORw0KGgoA".repeat(1000);
      for (int i = 0; i < 10_000; i++) {
        out.write(line);
      }
      out.write("</binary></FictionBook>");
    }

    assertThat(read(Parsers.FICTION_BOOK, file).partial().text()).contains("Hello reader.");
  }

  @Test
  void aDocumentThatInflatesWithoutEndIsRefused() throws IOException {
    byte[] spaces = " ".repeat(64 << 20).getBytes(StandardCharsets.US_ASCII);
    Path file = new RawZip().entry("book.fb2", spaces).in(folder);

    assertThat(read(Parsers.ZIPPED_FICTION_BOOK, file).rejected().reason())
        .isEqualTo(Reason.LIMIT_EXCEEDED);
  }

  @Test
  void anArchiveOfManyBooksIsReadByOneRule() throws IOException {
    RawZip zip = new RawZip();
    for (int i = 0; i < 50; i++) {
      zip.entry(
          "b" + i + ".fb2",
          HEAD + "<body><section><p>B" + i + "</p></section></body>" + "</FictionBook>");
    }

    assertThat(read(Parsers.ZIPPED_FICTION_BOOK, zip.in(folder)).ok().text()).isEqualTo("B0\n\n");
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(strings = {"section", "emphasis", "cite", "poem", "table", "p"})
  void nestingWithoutEndOverflowsNoStack(String tag) throws IOException {
    int depth = 100_000;
    String open = "<" + tag + ">";
    String body = "<body><section>" + open.repeat(depth) + "Hello reader.";
    String close = ("</" + tag + ">").repeat(depth) + "</section></body></FictionBook>";

    assertThat(read(HEAD + body + close).ok().text()).contains("Hello reader.");
    read(HEAD + body);
  }

  @Test
  @Tag("slow")
  void aChapterALineEndsAtTheLimit() throws IOException {
    String sections = "<section><p>x</p></section>".repeat(100_000);

    Ending ending = read(HEAD + "<body>" + sections + "</body></FictionBook>");

    assertThat(ending.partial().chapters).hasSizeLessThanOrEqualTo(10_000);
  }

  @Test
  @Tag("slow")
  void aMillionNotesTakeLinearTime() throws IOException {
    String references =
        IntStream.range(0, 200_000)
            .mapToObj(i -> "<a l:href=\"#n%d\" type=\"note\">%d</a>".formatted(i, i))
            .collect(Collectors.joining());
    String notes =
        IntStream.range(0, 200_000)
            .mapToObj(i -> "<section id=\"n%d\"><p>note</p></section>".formatted(i))
            .collect(Collectors.joining());

    read(
        HEAD
            + "<body><section><p>x"
            + references
            + "</p></section></body><body name=\"notes\">"
            + notes
            + "</body></FictionBook>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"windows-1251", "koi8-r", "UTF-16", "utf-8", "no-such-charset", "GB18030"})
  void aBookThatLiesAboutItsEncodingEndsInABook(String declared) throws IOException {
    String book =
        "<?xml version=\"1.0\" encoding=\""
            + declared
            + "\"?>"
            + HEAD
            + "<body><section><p>Hello reader. Привет,"
            + " читатель.</p></section></body></FictionBook>";
    for (String actual : new String[] {"UTF-8", "windows-1251", "koi8-r", "UTF-16LE"}) {
      Path file = Files.write(folder.resolve("book"), book.getBytes(Charset.forName(actual)));

      read(Parsers.FICTION_BOOK, file);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<xmlns:a/>",
        "<p xmlns:b='' b:c='d'/>",
        "<xmlns:p xmlns:x='y'>",
        "<a xmlns:xmlns='u'/>"
      })
  void misusedNameSpacesAreReadOverAndNoDefect(String misuse) throws IOException {
    Ending ending =
        read(
            HEAD
                + "<body><section><p>Hello reader.</p>"
                + misuse
                + "</section></body></FictionBook>");

    assertThat(ending.ok().text()).contains("Hello reader.");
  }

  @Test
  void entitiesAreNeitherExpandedNorFetched() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "do-not-read-me");
    String types =
        "<!DOCTYPE x [<!ENTITY s SYSTEM \"%s\"><!ENTITY a \"laugh\"><!ENTITY b \"%s\">]>"
            .formatted(secret.toUri(), "&a;".repeat(1000));
    String book = HEAD + "<body><section><p>Hello &s;&b;reader.</p></section></body></FictionBook>";

    Ending ending = read(types + book);

    assertThat(ending.partial().everything()).doesNotContain("do-not-read-me", "laugh");
  }

  @Test
  void anArchiveThatEndsTooEarlyBehindMalformedMarkupIsDamaged() throws IOException {
    byte[] noise = new byte[1 << 16];
    new Random(1).nextBytes(noise);
    String book =
        HEAD + "<body><section><p>Hello.</section></body>" + HexFormat.of().formatHex(noise);
    byte[] packed = RawZip.deflated(book.getBytes(StandardCharsets.US_ASCII));
    byte[] cut = Arrays.copyOf(packed, packed.length / 2);
    Path file = new RawZip().packed("b.fb2", cut, 0, book.length(), 0).in(folder);

    assertThat(read(Parsers.ZIPPED_FICTION_BOOK, file).rejected().reason())
        .isEqualTo(Reason.FILE_CORRUPT);
  }

  private Ending read(String book) throws IOException {
    return read(Parsers.FICTION_BOOK, Files.writeString(folder.resolve("book"), book));
  }

  private Ending read(String mediaType, Path file) throws IOException {
    Ending ending = Ending.of(mediaType, file, folder);
    ending.harmless();
    return ending;
  }
}
