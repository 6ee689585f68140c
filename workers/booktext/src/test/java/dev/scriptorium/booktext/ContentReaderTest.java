package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.scriptorium.booktext.ChapterContent.FoundNote;
import dev.scriptorium.booktext.ChapterContent.Heading;
import dev.scriptorium.booktext.ChapterContent.NoteReference;
import dev.scriptorium.booktext.ContentReader.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentReaderTest {
  private final Limits limits = Limits.defaults();
  private final HardenedXml xml = new HardenedXml(limits);
  private final ContentReader reader = new ContentReader(limits, xml, new TolerantMarkup(limits));

  @Test
  void blocksListsTablesAndVerseComeInReadingOrder() throws IOException {
    ChapterContent content =
        read(
            """
            <h1>Title</h1><p>One<br/>two</p><ul><li>a</li><li>b <b>c</b></li></ul>
            <table><tr><td>x</td><td>y</td></tr><tr><th>z</th></tr></table><pre>p
            q</pre>loose <i>text</i>\
            """);

    assertThat(content.text())
        .isEqualTo("Title\n\nOne\ntwo\n\na\n\nb c\n\nx y\n\nz\n\np\nq\n\nloose text");
    assertThat(content.html()).endsWith("q</pre><p>loose <i>text</i></p>");
    assertThat(content.words()).isEqualTo(Words.count(content.text()));
  }

  @Test
  void twoLineBreaksEndAParagraph() throws IOException {
    assertThat(read("<div>One<br/><br/>two</div>").text()).isEqualTo("One\n\ntwo");
  }

  @Test
  void headingsKnowLevelTitleAndPlace() throws IOException {
    ChapterContent content = read("<p>x</p><h2>A<br/>b <i>c</i></h2><p>y</p><h3> </h3>");

    assertThat(content.headings()).containsExactly(new Heading(2, "A b c", 3));
  }

  @Test
  void theTextOfTheHtmlIsTheCanonicalText() throws IOException {
    ChapterContent content =
        read("<section><p>A &lt;b&gt; &amp; <em>c</em></p><blockquote>d</blockquote></section>");

    assertThat(content.html())
        .isEqualTo(
            "<section><p>A &lt;b&gt; &amp; <em>c</em></p><blockquote>d</blockquote></section>");
  }

  @Test
  void anchorsAreKeptWhenAskedFor() throws IOException {
    byte[] document = xhtml("<p>ab <a id='x'/>cd</p><p id='y'>ef</p><p id='z'>g</p>");

    ChapterContent content =
        reader.read(document, new Everywhere(), id -> !id.equals("z")).content();

    assertThat(content.anchors()).hasSize(2).containsEntry("x", 3).containsEntry("y", 7);
  }

  @Test
  void wordsThatLeadToANoteStayInTheText() throws IOException {
    ChapterContent content =
        read(
            "<p>See <a role='doc-noteref' href='#n'>the note</a>.</p>"
                + "<aside role='doc-footnote' id='n'>A note <p>of two.</p></aside>");

    assertThat(content.text()).isEqualTo("See the note.");
    assertThat(content.references()).containsExactly(new NoteReference("the note", "#n", 4));
    assertThat(content.notes()).containsExactly(new FoundNote("n", "A note\n\nof two.", 13, true));
  }

  @Test
  void entitiesOfHtmlAreKnownAndOthersAreReportedAndLeftOut() throws IOException {
    byte[] document =
        ("<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                + "<html><body><p>a&nbsp;&mdash;&x;b</p></body></html>")
            .getBytes(StandardCharsets.UTF_8);

    Reading reading = reader.read(document, new Everywhere(), id -> false);

    assertThat(reading.wellFormed()).isTrue();
    assertThat(reading.content().text()).isEqualTo("a —b");
    assertThat(reading.content().unknownEntities()).containsExactly("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "windows-1251", "KOI8-R", "ISO-8859-5"})
  void theEncodingComesFromTheDocument(String charset) throws IOException {
    String document =
        "<?xml version='1.0' encoding='%s'?><html><body><p>Привет</p></body></html>"
            .formatted(charset);

    Reading reading =
        reader.read(document.getBytes(Charset.forName(charset)), new Everywhere(), id -> false);

    assertThat(reading.content().text()).isEqualTo("Привет");
  }

  @Test
  void elementsBeyondTheDepthGiveTheirTextAlone() throws IOException {
    ChapterContent content = read("<div>".repeat(20_000) + "deep" + "</div>".repeat(20_000));

    assertThat(content.text()).isEqualTo("deep");
    assertThat(content.flattened()).isTrue();
    assertThat(content.html().length()).isLessThan(5_000);
  }

  @Test
  void aTagWithVeryManyAttributesIsReadInLinearTime() throws IOException {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      attributes.append(" a").append(i).append("='>'");
    }

    Reading reading =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> reader.read(xhtml("<p" + attributes + ">x</p>"), new Everywhere(), id -> false));

    assertThat(reading.content().text()).isEqualTo("x");
    assertThat(reading.content().html()).isEqualTo("<p>x</p>");
  }

  @Test
  void tooManyElementsAreALimit() {
    HardenedXml small = new HardenedXml(withElements(100));
    byte[] document = xhtml("<b/>".repeat(200));

    assertThatThrownBy(
            () ->
                small.read(
                    new ByteArrayInputStream(document),
                    new ChapterWalk(limits, new Everywhere(), id -> false)))
        .isInstanceOf(LimitReached.class);
  }

  @Test
  void tooManyTagsOfAMalformedDocumentAreALimit() {
    byte[] document = ("<p>" + "<b>".repeat(600_000)).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> reader.read(document, new Everywhere(), id -> false))
        .isInstanceOf(LimitReached.class);
  }

  private ChapterContent read(String body) throws IOException {
    Reading reading = reader.read(xhtml(body), new Everywhere(), id -> false);
    assertThat(reading.wellFormed()).isTrue();
    return reading.content();
  }

  private static byte[] xhtml(String body) {
    return "<html xmlns='http://www.w3.org/1999/xhtml'><body>%s</body></html>"
        .formatted(body)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Limits withElements(int elements) {
    return LimitTable.with(Limits.defaults(), Map.of("xml_elements", (long) elements));
  }

  private record Everywhere() implements LinkResolver {
    @Override
    public Optional<String> link(String href) {
      return Optional.of(href);
    }

    @Override
    public Optional<String> image(String src) {
      return Optional.of(src);
    }
  }
}
