package dev.scriptorium.plugin.epub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.plugin.Accessibility;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Metadata.Contributor;
import dev.scriptorium.plugin.Metadata.Identifier;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.SourcePosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpubHandlerTest {
  @TempDir Path folder;

  @Test
  void theHandlerIsFoundAsAService() {
    assertThat(ServiceLoader.load(JobHandler.class)).hasAtLeastOneElementOfType(EpubHandler.class);
  }

  @Test
  void metadataOfEpub3IsReadWithItsRefinements() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .metadata(
                """
                <dc:title id="t1">The Whole Title</dc:title>
                <dc:title id="t2">Main</dc:title>
                <meta refines="#t2" property="title-type">main</meta>
                <dc:creator id="a">Ann Author</dc:creator>
                <meta refines="#a" property="role" scheme="marc:relators">ann</meta>
                <meta refines="#a" property="role" scheme="marc:relators">aut</meta>
                <meta refines="#a" property="file-as">Author, Ann</meta>
                <dc:contributor id="b">Tom Translator</dc:contributor>
                <meta refines="#b" property="role">trl</meta>
                <dc:language>en_GB</dc:language><dc:language>fr</dc:language>
                <dc:identifier>urn:isbn:9780000000001</dc:identifier>
                <dc:publisher>House</dc:publisher><dc:date>1999-01-02</dc:date>
                <dc:subject>Whales</dc:subject>
                <dc:description>&lt;p&gt;One &lt;b&gt;two&lt;/b&gt;&lt;/p&gt;&lt;p&gt;three&lt;/p&gt;</dc:description>
                <meta id="s" property="belongs-to-collection">Sea</meta>
                <meta refines="#s" property="collection-type">series</meta>
                <meta refines="#s" property="group-position">2.5</meta>
                """)
            .chapter("<p>x</p>");

    Metadata metadata = parse(book).metadata.getFirst();

    assertThat(metadata.format()).isEqualTo("EPUB 3.0");
    assertThat(metadata.title()).isEqualTo("Main");
    assertThat(metadata.contributors())
        .containsExactly(
            new Contributor("Ann Author", "aut", "Author, Ann"),
            new Contributor("Tom Translator", "trl", ""));
    assertThat(metadata.languages()).containsExactly("en-GB", "fr");
    assertThat(metadata.identifiers()).containsExactly(new Identifier("isbn", "9780000000001"));
    assertThat(metadata.publisher()).isEqualTo("House");
    assertThat(metadata.published()).isEqualTo("1999-01-02");
    assertThat(metadata.subjects()).containsExactly("Whales");
    assertThat(metadata.description()).isEqualTo("One two\n\nthree");
    assertThat(metadata.series()).isEqualTo("Sea");
    assertThat(metadata.seriesIndex()).hasValue(2.5);
  }

  @Test
  void metadataOfEpub2IsReadFromAttributesAndNamedMetas() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .version("2.0")
            .metadata(
                """
                <dc:title>Old</dc:title>
                <dc:creator opf:role="edt" opf:file-as="Editor, Eve">Eve Editor</dc:creator>
                <dc:identifier opf:scheme="UUID">abc</dc:identifier>
                <dc:date opf:event="creation">2001</dc:date>
                <dc:date opf:event="publication">1888</dc:date>
                <meta name="calibre:series" content="Set"/>
                <meta name="calibre:series_index" content="3"/>
                """)
            .chapter("<p>x</p>");

    Metadata metadata = parse(book).metadata.getFirst();

    assertThat(metadata.contributors())
        .containsExactly(new Contributor("Eve Editor", "edt", "Editor, Eve"));
    assertThat(metadata.identifiers()).containsExactly(new Identifier("uuid", "abc"));
    assertThat(metadata.published()).isEqualTo("1888");
    assertThat(metadata.series()).isEqualTo("Set");
    assertThat(metadata.seriesIndex()).hasValue(3);
  }

  @Test
  void everySpineItemIsAChapterInOrderAndABrokenOneKeepsItsPlace() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .chapter("<h1>One</h1><p>First.</p>")
            .item("gone", "text/gone.xhtml", "application/xhtml+xml", "")
            .spine("gone", "")
            .chapterDocument(
                EpubFixture.xhtml("<p>Aside.</p>").getBytes(StandardCharsets.UTF_8),
                "linear=\"no\"");

    RecordedBook parsed = parse(book);

    assertThat(parsed.chapters)
        .extracting(Chapter::source)
        .containsExactly("OEBPS/text/c1.xhtml", "OEBPS/text/gone.xhtml", "OEBPS/text/c2.xhtml");
    assertThat(parsed.chapters).extracting(Chapter::ordinal).containsExactly(1, 2, 3);
    assertThat(parsed.chapters).extracting(Chapter::linear).containsExactly(true, true, false);
    assertThat(parsed.chapters.get(1).text()).isEmpty();
    assertThat(parsed.reasons()).contains("CHAPTER_UNREADABLE");
    assertThat(parsed.degraded).isTrue();
  }

  @Test
  void contentsOfTheNavigationDocumentLeadToExactOffsets() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .nav(
                """
                <ol><li><a href="text/c1.xhtml">One</a>
                  <ol><li><a href="text/c1.xhtml#b">Part 𝔟</a></li></ol></li>
                <li><span>Group</span><ol><li><a href="text/c2.xhtml#x">Two</a></li></ol></li>
                <li><a href="text/none.xhtml">Lost</a></li></ol>
                """)
            .chapter("<h1>Cafe\u0301 𝔘</h1><p>Text &nbsp; here.</p><h2 id='b'>Part</h2><p>y</p>")
            .chapter("<p>before</p><p>and <i id='x'>after</i></p>");

    RecordedBook parsed = parse(book);

    assertThat(parsed.contents)
        .extracting(ContentsEntry::title)
        .containsExactly("One", "Part 𝔟", "Group", "Two", "Lost");
    assertThat(parsed.contents).extracting(ContentsEntry::depth).containsExactly(0, 1, 0, 1, 0);
    assertThat(parsed.contents).extracting(ContentsEntry::chapter).containsExactly(1, 1, 2, 2, 0);
    assertThat(parsed.from(1, parsed.contents.get(1).chapterOffset())).isEqualTo("Part\n\ny");
    assertThat(parsed.from(2, parsed.contents.get(3).chapterOffset())).isEqualTo("after");
    assertThat(parsed.chapters.getFirst().title()).isEqualTo("One");
    assertThat(parsed.chapters.getFirst().text()).isEqualTo("Café 𝔘\n\nText here.\n\nPart\n\ny");
  }

  @Test
  void contentsComeFromTheNcxWhenThereIsNoNavigationDocument() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .version("2.0")
            .item("ncx", "toc.ncx", "application/x-dtbncx+xml", "")
            .entry(
                "OEBPS/toc.ncx",
                """
                <ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>
                <navPoint><navLabel><text>A</text></navLabel><content src="text/c1.xhtml"/>
                <navPoint><navLabel><text>B</text></navLabel><content src="text/c1.xhtml#b"/>
                </navPoint></navPoint></navMap></ncx>
                """)
            .spineAttributes("toc=\"ncx\"")
            .chapter("<p>one</p><p id='b'>two</p>");

    assertThat(parse(book).contents)
        .containsExactly(new ContentsEntry("A", 0, 1, 0), new ContentsEntry("B", 1, 1, 5));
  }

  @Test
  void contentsComeFromHeadingsWhenTheBookHasNone() throws Exception {
    EpubFixture book =
        EpubFixture.epub().chapter("<h2>One</h2><p>x</p><h4>Sub</h4>").chapter("<h2>Two</h2>");

    assertThat(parse(book).contents)
        .containsExactly(
            new ContentsEntry("One", 0, 1, 0),
            new ContentsEntry("Sub", 1, 1, 8),
            new ContentsEntry("Two", 0, 2, 0));
  }

  @Test
  void footnotesBecomeNotesAndLeaveTheRunningText() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .chapter(
                """
                <p>The moor.<a epub:type="noteref" href="#n1">1</a> Next
                 <a epub:type="noteref" href="c2.xhtml#e1">*</a>word.</p>
                <aside epub:type="footnote" id="n1"><p>A bog.</p></aside><p>End.</p>\
                """)
            .chapter(
                "<section epub:type='endnotes'><ol><li epub:type='endnote' id='e1'><p>Late."
                    + " <a href='c1.xhtml'>↩</a></p></li></ol></section>");

    RecordedBook parsed = parse(book);

    assertThat(parsed.chapters.getFirst().text()).isEqualTo("The moor. Next word.\n\nEnd.");
    assertThat(parsed.chapters.getFirst().html()).doesNotContain("A bog").contains("#n1");
    assertThat(parsed.chapters.get(1).text()).startsWith("Late.");
    assertThat(parsed.notes)
        .containsExactly(new Note(1, "1", 9, "A bog."), new Note(1, "*", 15, "Late."));
  }

  @Test
  void rubyReadingsScriptsAndHeadsAreNotInTheText() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .chapter(
                "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字</p><script>evil()</script>");

    Chapter chapter = parse(book).chapters.getFirst();

    assertThat(chapter.text()).isEqualTo("漢字");
    assertThat(chapter.html()).contains("<rt>かん</rt>").doesNotContain("evil");
  }

  @Test
  void printedPagesBecomePositions() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .chapter("<p>one</p><p>t<span epub:type='pagebreak' title='12'>12</span>wo</p>");

    RecordedBook parsed = parse(book);

    assertThat(parsed.chapters.getFirst().text()).isEqualTo("one\n\ntwo");
    assertThat(parsed.positions)
        .containsExactly(
            new SourcePosition(1, 0, "", ""), new SourcePosition(1, 6, "12", "/body/p[2]/span[1]"));
  }

  @Test
  void positionsStandAtEach1024CodePointsOfAChapterThatFlows() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .chapter("<p>" + "\uD83D\uDE00".repeat(2049) + "</p>")
            .chapter("")
            .chapterDocument(
                EpubFixture.xhtml("<p>" + "x".repeat(5000) + "</p>")
                    .getBytes(StandardCharsets.UTF_8),
                "properties='rendition:layout-pre-paginated'");

    assertThat(parse(book).positions)
        .containsExactly(
            new SourcePosition(1, 0, "", ""),
            new SourcePosition(1, 1024, "", ""),
            new SourcePosition(1, 2048, "", ""),
            new SourcePosition(2, 0, "", ""),
            new SourcePosition(3, 0, "", ""));
  }

  @Test
  void aBookOfFixedLayoutHasOnePositionAPage() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .metadata("<meta property='rendition:layout'>pre-paginated</meta>")
            .chapter("<p>" + "x".repeat(5000) + "</p>")
            .chapterDocument(
                EpubFixture.xhtml("<p>" + "x".repeat(1500) + "</p>")
                    .getBytes(StandardCharsets.UTF_8),
                "properties='rendition:layout-reflowable'");

    assertThat(parse(book).positions)
        .extracting(SourcePosition::chapter, SourcePosition::chapterOffset)
        .containsExactly(tuple(1, 0), tuple(2, 0), tuple(2, 1024));
  }

  @Test
  void accessibilityIsReadFromPropertiesAndNamedMetas() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .metadata(
                """
                <meta property="schema:accessMode">textual</meta>
                <meta property="schema:accessMode">visual</meta>
                <meta property="schema:accessModeSufficient">textual</meta>
                <meta name="schema:accessibilityFeature" content="alternativeText"/>
                <meta property="schema:accessibilityHazard">none</meta>
                <meta property="schema:accessibilitySummary">Fit for all.</meta>
                <link rel="dcterms:conformsTo" href="http://www.idpf.org/epub/a11y/"/>
                <meta property="a11y:certifiedBy">Ann</meta>
                """)
            .chapter("<p>x</p>");

    assertThat(parse(book).metadata.getFirst().accessibility())
        .isEqualTo(
            new Accessibility(
                List.of("textual", "visual"),
                List.of("textual"),
                List.of("alternativeText"),
                List.of("none"),
                "Fit for all.",
                List.of("http://www.idpf.org/epub/a11y/"),
                "Ann"));
  }

  @Test
  void recordingsAreNotedAndLeftOut() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .chapter("<p>x</p>")
            .item("s", "s.xhtml", "application/xhtml+xml", "media-overlay='o'")
            .entry("OEBPS/s.xhtml", EpubFixture.xhtml("<p>read aloud</p>"))
            .spine("s", "")
            .item("o", "o.smil", "application/smil+xml", "")
            .entry("OEBPS/o.smil", "<smil xmlns='http://www.w3.org/ns/SMIL'/>");

    RecordedBook parsed = parse(book);

    assertThat(parsed.reasons()).containsExactly("MEDIA_OVERLAYS");
    assertThat(parsed.text()).contains("read aloud");
    assertThat(parsed.degraded).isFalse();
  }

  @Test
  void nothingActiveSurvivesInTheHtml() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .chapter(
                """
                <h1 onclick="x()" style="color:red">One</h1><p><a href="javascript:alert(1)">a</a>
                <a href="JaVa&#9;Script:alert(1)">b</a><a href="https://example.org">c</a></p>
                <iframe src="http://example.org/"></iframe><form action="x"><input/></form>
                <img src="data:text/html;base64,AA"/><img src="http://example.org/x.png"/>
                <svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>1</script></svg>\
                """);

    String html = parse(book).chapters.getFirst().html();

    assertThat(html)
        .doesNotContainPattern("(?i)script|on[a-z]+=|style|iframe|form|input|data:|<img")
        .contains("<a href=\"https://example.org\"");
  }

  @Test
  void linksAndPicturesOfTheBookAreNamedByPath() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .chapter("<p><img src='../img/a%20b.png' alt='A'/> <a href='c2.xhtml#z'>go</a></p>")
            .chapter("<p id='z'>z</p>")
            .item("i", "img/a%20b.png", "image/png", "")
            .entry("OEBPS/img/a b.png", Pictures.png(3, 4));

    RecordedBook parsed = parse(book);

    assertThat(parsed.chapters.getFirst().html())
        .isEqualTo(
            "<p><img src=\"OEBPS/img/a b.png\" alt=\"A\">"
                + " <a href=\"OEBPS/text/c2.xhtml#z\">go</a></p>");
    assertThat(parsed.image("OEBPS/img/a b.png").orElseThrow().height()).isEqualTo(4);
  }

  @Test
  void aMalformedChapterIsReadAsHtmlWithAWarning() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .chapterDocument(
                "<html><body><p>Hello <b>reader<p>second &nbsp; para</body>"
                    .getBytes(StandardCharsets.UTF_8),
                "");

    RecordedBook parsed = parse(book);

    assertThat(parsed.chapters.getFirst().text()).isEqualTo("Hello reader\n\nsecond para");
    assertThat(parsed.reasons()).contains("CHAPTER_MALFORMED");
  }

  @Test
  void theCoverIsHandedOverInThreeSizes() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .metadata("<meta name=\"cover\" content=\"pic\"/>")
            .chapter("<p>x</p>")
            .item("pic", "cover.png", "image/png", "")
            .entry("OEBPS/cover.png", Pictures.png(1000, 1500));

    RecordedBook inspected = EpubRun.of(JobKinds.INSPECT, book.in(folder));

    assertThat(inspected.chapters).isEmpty();
    assertThat(inspected.images)
        .extracting(image -> image.resource() + " " + image.width() + "x" + image.height())
        .containsExactly("cover 1000x1500", "cover-large 800x1200", "cover-small 300x450");
  }

  @Test
  void aFirstPageOfOnePictureIsTheCover() throws Exception {
    EpubFixture book =
        EpubFixture.epub()
            .chapter("<p><img src='../p.png' alt=''/></p>")
            .item("pic", "p.png", "image/png", "")
            .entry("OEBPS/p.png", Pictures.png(10, 10));

    RecordedBook inspected = EpubRun.of(JobKinds.INSPECT, book.in(folder));

    assertThat(inspected.image("cover")).isPresent();
  }

  @Test
  void aPackageIsFoundWithoutAContainer() throws Exception {
    EpubFixture book = EpubFixture.epub().chapter("<p>x</p>").without("META-INF/container.xml");

    assertThat(parse(book).reasons()).contains("CONTAINER_MISSING");
  }

  @Test
  void whatIsNoEpubIsRefusedWithTheReason() throws IOException {
    assertThat(reason(new byte[0])).isEqualTo(JobFailure.Reason.FILE_EMPTY);
    assertThat(reason("%PDF-1.4".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(JobFailure.Reason.FORMAT_UNSUPPORTED);
    byte[] whole = EpubFixture.epub().chapter("<p>x</p>").bytes();
    assertThat(reason(Arrays.copyOf(whole, whole.length * 2 / 3)))
        .isEqualTo(JobFailure.Reason.FILE_CORRUPT);
  }

  private JobFailure.Reason reason(byte[] file) throws IOException {
    Path path = Files.write(folder.resolve("book.epub"), file);
    try {
      EpubRun.of(JobKinds.PARSE, path);
    } catch (JobFailure failure) {
      return failure.reason();
    }
    throw new AssertionError("the book was not refused");
  }

  private RecordedBook parse(EpubFixture book) throws JobFailure, IOException {
    return EpubRun.of(JobKinds.PARSE, book.in(folder));
  }
}
