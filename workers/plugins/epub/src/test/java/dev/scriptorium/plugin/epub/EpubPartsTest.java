package dev.scriptorium.plugin.epub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.positions.SourceMap;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that hold several chapters. */
class EpubPartsTest {
  private static final String LONG = "It was a bright cold day in April. ".repeat(8).strip();

  private static final String CONTENTS =
      """
      <ol><li><a href="text/c1.xhtml#one">One</a>
      <ol><li><a href="text/c1.xhtml#inner">Inner</a></li></ol></li>
      <li><a href="text/c1.xhtml#two">Two</a></li>
      <li><a href="text/c1.xhtml#three">Three</a></li></ol>
      """;

  private static final String BODY =
      """
      <div xml:lang="la" class="all"><section id="one"><h1>One</h1><p>%1$s</p>
      <h2 id="inner">Inner</h2><p>first<a epub:type="noteref" href="#n1">1</a></p></section>
      <h1><a id="two"></a>Two</h1><p>%1$s</p>
      <aside epub:type="footnote" id="n1">A note.</aside><p id="three">third %1$s</p></div>
      """
          .formatted(LONG);

  @TempDir Path folder;

  @Test
  void aDocumentIsCutWhereTheContentsNameChapters() throws Exception {
    RecordedBook book = parse(BODY, CONTENTS);

    assertThat(book.chapters)
        .extracting(Chapter::title, Chapter::text)
        .containsExactly(
            tuple("One", "One\n\n" + LONG + "\n\nInner\n\nfirst"),
            tuple("Two", "Two\n\n" + LONG),
            tuple("Three", "third " + LONG));
    assertThat(book.chapters).extracting(Chapter::source).containsOnly("OEBPS/text/c1.xhtml");
  }

  @Test
  void contentsAndNotesAreBoundToTheChapters() throws Exception {
    RecordedBook book = parse(BODY, CONTENTS);

    int inner = ("One\n\n" + LONG + "\n\n").length();
    assertThat(book.contents)
        .containsExactly(
            new ContentsEntry("One", 0, 1, 0),
            new ContentsEntry("Inner", 1, 1, inner),
            new ContentsEntry("Two", 0, 2, 0),
            new ContentsEntry("Three", 0, 3, 0));
    assertThat(book.notes)
        .containsExactly(new Note(1, "1", inner + "Inner\n\nfirst".length(), "A note."));
  }

  @Test
  void whatIsOpenIsOpenedAgain() throws Exception {
    List<Chapter> chapters = parse(BODY, CONTENTS).chapters;

    assertThat(chapters.get(1).html())
        .startsWith("<div lang=\"la\"><h1><a id=\"two\"></a>Two</h1>");
    assertThat(chapters).allSatisfy(chapter -> assertThat(chapter.html()).endsWith("</div>"));
  }

  @Test
  void everyPlaceComesBackAndLeadsIntoTheWholeDocument() throws Exception {
    for (Chapter chapter : parse(BODY, CONTENTS).chapters) {
      SourceMap map = SourceMap.decode(chapter.sourceMap());
      for (int offset = 0; offset <= chapter.text().length(); offset++) {
        assertThat(map.fromCfi(map.toCfi(offset))).isEqualTo(offset);
        assertThat(map.fromXPointer(map.toXPointer(offset))).isEqualTo(offset);
      }
    }
    Chapter third = parse(BODY, CONTENTS).chapters.get(2);
    assertThat(SourceMap.decode(third.sourceMap()).toCfi(0)).isEqualTo("epubcfi(/6/2!/4/2/10/1:0)");
  }

  @Test
  void aMalformedDocumentIsCutAsWell() throws Exception {
    RecordedBook book = parse(BODY + "<p>not <b>closed", CONTENTS);

    assertThat(book.chapters).extracting(Chapter::title).containsExactly("One", "Two", "Three");
    assertThat(book.reasons()).contains("CHAPTER_MALFORMED");
  }

  @Test
  void sectionsBelowAChapterCutNothing() throws Exception {
    String contents =
        """
        <ol><li><a href="text/c1.xhtml">Whole</a>
        <ol><li><a href="text/c1.xhtml#one">One</a></li>
        <li><a href="text/c1.xhtml#two">Two</a></li></ol></li></ol>
        """;

    assertThat(parse(BODY, contents).chapters).extracting(Chapter::title).containsExactly("Whole");
  }

  @Test
  void noCutLeavesATitleAlone() throws Exception {
    String body = "<h1 id='one'>Part One</h1><h2 id='two'>Chapter</h2><p>" + LONG + "</p>";

    assertThat(parse(body, CONTENTS).chapters).hasSize(1);
  }

  @Test
  void noCutGoesThroughAParagraph() throws Exception {
    String body = "<p id='one'>" + LONG + " and <i id='two'>on</i> and on</p>";

    assertThat(parse(body, CONTENTS).chapters).hasSize(1);
  }

  private RecordedBook parse(String body, String contents) throws Exception {
    EpubFixture book = EpubFixture.epub().nav(contents).chapter(body);
    return EpubRun.of(JobKinds.PARSE, book.in(folder));
  }
}
