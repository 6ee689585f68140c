package dev.scriptorium.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.booktext.RecordedBook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of an EPUB that grow, nest, lie about their encoding, or ask for files and hosts. */
class HostileMarkupTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {Epub.CONTAINER, Epub.PACKAGE, Epub.NAV, Epub.CHAPTER})
  void entitiesAreNeitherExpandedNorFetched(String document) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "do-not-read-me");
    try (ServerSocket host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      host.setSoTimeout(1);
      String types =
          ("<?xml version=\"1.0\"?><!DOCTYPE x SYSTEM \"http://127.0.0.1:%d/a.dtd\" ["
                  + "<!ENTITY %% p SYSTEM \"http://127.0.0.1:%d/b\">%%p;"
                  + "<!ENTITY s SYSTEM \"%s\"><!ENTITY a0 \"laugh\">%s]>")
              .formatted(host.getLocalPort(), host.getLocalPort(), secret.toUri(), laughs());
      Epub epub = new Epub();
      String sound = document(document);
      epub.with(document, types + sound.replaceFirst(">([^<]+)<", ">$1&s;&a20;<"));

      Ending ending = read(epub);

      assertThat(ending.book().everything()).doesNotContain("do-not-read-me", "laughlaugh");
      assertThat(accepts(host)).as("somebody connected").isFalse();
    }
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(strings = {"div", "b", "ul><li", "table><tr><td", "blockquote", "ruby", "svg", "q"})
  void nestingWithoutEndOverflowsNoStack(String tags) throws IOException {
    String open = "<" + tags + ">";
    int depth = 100_000;
    Epub wellFormed = new Epub();
    String close =
        java.util.Arrays.asList(tags.split("><")).reversed().stream()
            .map(tag -> "</" + tag + ">")
            .collect(Collectors.joining());
    wellFormed.with(
        Epub.CHAPTER, Epub.page(open.repeat(depth) + "Hello reader." + close.repeat(depth)));
    Epub neverClosed =
        new Epub().with(Epub.CHAPTER, Epub.page(open.repeat(depth) + "Hello reader."));

    assertThat(read(wellFormed).partial().text()).contains("Hello reader.");
    read(neverClosed);
  }

  @Test
  @Tag("slow")
  void contentsWithoutEndOverflowNoStack() throws IOException {
    String nested = "<ol><li><a href=\"c1.xhtml\">x</a>".repeat(50_000);
    Epub epub = new Epub().with(Epub.NAV, Epub.nav(nested + "</li></ol>".repeat(50_000)));

    assertThat(read(epub).ok().contents).hasSizeLessThanOrEqualTo(20_000);
  }

  @Test
  @Tag("slow")
  void anAttributeOfTwentyMegabytesIsReadOnce() throws IOException {
    StringBuilder value = new StringBuilder();
    new Random(1).ints(20 << 20, 'a', 'z').forEach(c -> value.append((char) c));
    String page = Epub.page("<p title=\"" + value + "\">Hello reader.</p>");

    RecordedBook book = read(new Epub().with(Epub.CHAPTER, page)).ok();

    assertThat(book.text()).isEqualTo("Hello reader.\n\n");
    assertThat(book.chapters).hasSize(1);
  }

  @Test
  @Tag("slow")
  void aTextOfTwentyMegabytesWithoutMarkupIsCut() throws IOException {
    StringBuilder text = new StringBuilder();
    new Random(1).ints(20 << 20, 'a', 'z').forEach(c -> text.append((char) c));

    RecordedBook book = read(new Epub().with(Epub.CHAPTER, Epub.page("<p>" + text + "</p>"))).ok();

    assertThat(book.reasons()).containsExactly("CHAPTER_TRUNCATED");
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(strings = {"<p %s>", "<p %s", "<p><%s>"})
  void aMillionAttributesTakeLinearTime(String tag) throws IOException {
    String many =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> "a" + i + "=''")
            .collect(Collectors.joining(" "));
    Epub epub =
        new Epub()
            .with(Epub.CHAPTER, Epub.page("<p>Before.</p>" + tag.formatted(many) + "Hello.</p>"));

    assertThat(read(epub).ok().text()).contains("Before.");
  }

  @Test
  @Tag("slow")
  void aMillionElementsAreReadOrRefused() throws IOException {
    Epub epub = new Epub().with(Epub.CHAPTER, Epub.page("<i>x</i>".repeat(1_000_000)));

    assertThat(read(epub).ok().text()).startsWith("xxx");
  }

  @Test
  @Tag("slow")
  void aMillionItemsInTheManifestAreRefused() throws IOException {
    String items = "<item id=\"i\" href=\"i\" media-type=\"text/css\"/>".repeat(600_000);

    read(new Epub().with(Epub.PACKAGE, Epub.packageOf("", items, ""))).rejected();
  }

  @Test
  @Tag("slow")
  void aMillionNotesAndAnchorsTakeLinearTime() throws IOException {
    String notes =
        IntStream.range(0, 100_000)
            .mapToObj(
                i ->
                    "<p id='p%d'>a<a epub:type='noteref' href='#n%d'>%d</a></p><aside id='n%d'"
                            .formatted(i, i, i, i)
                        + " epub:type='footnote'>note</aside>")
            .collect(Collectors.joining());

    assertThat(read(new Epub().with(Epub.CHAPTER, Epub.page(notes))).ok().text()).startsWith("a");
  }

  @Test
  void combiningMarksWithoutEndTakeLinearTime() throws IOException {
    String marks = Epub.page("<p>e" + "\u0301\u0323".repeat(1_000_000) + "</p>");

    assertThat(read(new Epub().with(Epub.CHAPTER, marks)).ok().chapters).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-16", "UTF-32", "Shift_JIS", "IBM037", "x-no-such", "", "ISO-2022-JP"})
  void anEncodingThatIsNotTheDocumentsEndsInABook(String encoding) throws IOException {
    String page = Epub.page("<p>Hello reader \u00e9.</p>");
    Epub epub =
        new Epub()
            .with(Epub.CHAPTER, "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>" + page);

    assertThat(read(epub).ok().chapters).hasSize(1);
  }

  @Test
  void bytesThatAreNoTextEndInABook() throws IOException {
    byte[] page = Epub.page("<p>Hello reader.</p>").getBytes(StandardCharsets.UTF_16LE);
    byte[] half = java.util.Arrays.copyOf(page, page.length - 1);
    RawZip zip =
        new Epub()
            .with(
                Epub.PACKAGE,
                Epub.packageOf(
                    "",
                    "<item id=\"h\" href=\"h.xhtml\" media-type=\"application/xhtml+xml\"/>",
                    "<itemref idref=\"h\"/>"))
            .zip()
            .entry("h.xhtml", half);

    Ending ending = Ending.of(Parsers.EPUB, zip.in(folder), folder);

    assertThat(ending.ok().text()).contains("Hello reader.");
  }

  private static String document(String name) {
    return switch (name) {
      case Epub.PACKAGE -> Epub.packageOf("<dc:creator>A</dc:creator>", "", "");
      case Epub.NAV -> Epub.nav("<ol><li><a href=\"c1.xhtml\">One</a></li></ol>");
      case Epub.CHAPTER -> Epub.page("<p>Hello reader.</p>");
      default ->
          "<container><rootfiles><rootfile full-path=\"content.opf\"> </rootfile></rootfiles>"
              + "</container>";
    };
  }

  private static String laughs() {
    return IntStream.rangeClosed(1, 20)
        .mapToObj(i -> "<!ENTITY a%d \"%s\">".formatted(i, ("&a" + (i - 1) + ";").repeat(10)))
        .collect(Collectors.joining());
  }

  private static boolean accepts(ServerSocket host) throws IOException {
    try {
      host.accept().close();
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    }
  }

  private Ending read(Epub epub) throws IOException {
    Ending ending = Ending.of(Parsers.EPUB, epub.zip().in(folder), folder);
    ending.harmless();
    return ending;
  }
}
