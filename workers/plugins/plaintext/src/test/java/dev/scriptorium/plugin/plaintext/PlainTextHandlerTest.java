package dev.scriptorium.plugin.plaintext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.booktext.ParseJob;
import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobKinds;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextHandlerTest {
  private static final String PROSE =
      """
      The ship lay at anchor in the bay, and the wind that had been blowing for
      three days from the west had fallen at last. Nobody on board spoke of it.

      In the morning they saw the island, low and green beyond the line of surf,
      with one white house on it.
      """;

  @TempDir Path folder;

  @Test
  void theHandlerIsFoundAsAService() {
    assertThat(ServiceLoader.load(JobHandler.class))
        .hasAtLeastOneElementOfType(PlainTextHandler.class);
  }

  @Test
  void wrappedLinesAreJoinedAndHeadingsBeginChapters() throws Exception {
    String text =
        """
        Title: The Island
        Author: Ann Author
        Language: English

        CONTENTS

        CHAPTER I. The Bay
        CHAPTER II. The Island

        CHAPTER I. The Bay

        %s
        CHAPTER II. The Island

        %s\
        """
            .formatted(PROSE, PROSE);

    RecordedBook parsed = text("text/plain", text);

    assertThat(parsed.metadata.getFirst().title()).isEqualTo("The Island");
    assertThat(parsed.metadata.getFirst().contributors().getFirst().name()).isEqualTo("Ann Author");
    assertThat(parsed.metadata.getFirst().languages()).containsExactly("en");
    assertThat(parsed.chapters)
        .extracting(Chapter::title)
        .containsExactly("", "CHAPTER I. The Bay", "CHAPTER II. The Island");
    assertThat(parsed.chapters.get(1).text())
        .startsWith("CHAPTER I. The Bay\n\nThe ship lay at anchor")
        .contains("blowing for three days", "spoke of it.\n\nIn the morning");
    assertThat(parsed.contents)
        .containsExactly(
            new ContentsEntry("CHAPTER I. The Bay", 0, 2, 0),
            new ContentsEntry("CHAPTER II. The Island", 0, 3, 0));
  }

  @Test
  void verseKeepsItsLines() throws Exception {
    RecordedBook parsed =
        text("text/plain", PROSE + "\nTyger, burning bright,\nIn the forests\nOf the night\n");

    assertThat(parsed.text()).contains("\n\nTyger, burning bright,\nIn the forests\nOf the night");
  }

  @Test
  void aLineIsAParagraphWhenLinesAreLong() throws Exception {
    String line = "A very long line that goes on and on without any end. ".repeat(6);

    RecordedBook parsed = text("text/plain", line + "\n" + line + "\n" + line);

    assertThat(parsed.text().strip().split("\n\n")).hasSize(3);
  }

  @Test
  void anIndentBeginsAParagraph() throws Exception {
    String paragraph = "  " + PROSE.replace("\n\n", "\n  ");

    assertThat(text("text/plain", paragraph.repeat(3)).text().strip().split("\n\n")).hasSize(6);
  }

  @Test
  void linesOfChineseAreJoinedWithoutSpaces() throws Exception {
    // Fifty signs, broken after forty.
    String sentence = "潮水漫過碼頭，燈塔上的人還沒有睡。".repeat(3).substring(0, 50);
    String wrapped = sentence.substring(0, 40) + "\n" + sentence.substring(40);

    RecordedBook apart = text("text/plain", (wrapped + "。\n\n").repeat(4));
    RecordedBook indented = text("text/plain", ("\u3000\u3000" + wrapped + "。\n").repeat(4));
    RecordedBook markdown = text("text/markdown", wrapped);

    assertThat(apart.text().strip().split("\n\n")).hasSize(4).containsOnly(sentence + "。");
    assertThat(indented.text().strip().split("\n\n")).hasSize(4).containsOnly(sentence + "。");
    assertThat(markdown.text().strip()).isEqualTo(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "windows-1251", "KOI8-R"})
  void russianIsReadInEveryCommonEncoding(String charset) throws Exception {
    String text = "Глава первая\n\n" + "Что, Петр? не видать еще? спрашивал барин. ".repeat(20);

    RecordedBook parsed = bytes("text/plain", text.getBytes(Charset.forName(charset)));

    assertThat(parsed.chapters.getFirst().title()).isEqualTo("Глава первая");
    assertThat(parsed.text()).contains("не видать еще? спрашивал барин.");
  }

  @Test
  void westernCodePagesAreTold() throws Exception {
    String text = "Les élèves étaient là — “très” contents de l’été qui s'achève. ".repeat(5);

    RecordedBook parsed = bytes("text/plain", text.getBytes(Charset.forName("windows-1252")));

    assertThat(parsed.text()).contains("élèves étaient là — “très”");
    assertThat(parsed.reasons()).containsExactly("ENCODING_GUESSED");
  }

  @Test
  void markdownBecomesHtmlAndText() throws Exception {
    RecordedBook parsed =
        text(
            "text/markdown",
            """
            # The *Book*

            Some **bold** and [a link](https://example.org) and `code`.
            Second line.

            ## One

            - first
            - second

            > quoted

            Two
            ---

            <script>alert(1)</script> [x](javascript:alert(1))
            """);

    assertThat(parsed.metadata.getFirst().title()).isEqualTo("The *Book*");
    assertThat(parsed.chapters)
        .extracting(Chapter::text)
        .containsExactly(
            "The Book\n\nSome bold and a link and code. Second line.",
            "One\n\nfirst\n\nsecond\n\nquoted",
            "Two\n\n<script>alert(1)</script> x");
    assertThat(parsed.chapters.getFirst().html())
        .contains("<h1>The <em>Book</em></h1>", "<a href=\"https://example.org\"");
    assertThat(parsed.chapters.get(2).html()).doesNotContain("<script", "href");
  }

  @Test
  void htmlIsCutAtItsHeadings() throws Exception {
    RecordedBook parsed =
        text(
            "text/html",
            """
            <html lang="de"><head><title>Das Buch</title><meta name="author" content="Eva"></head>
            <body><h1>Das Buch</h1><div><h2>Eins</h2><p onclick=x()>Erster <b>Text
            <h2>Zwei</h2><p>Zweiter</div><script>böse()</script></body></html>\
            """);

    assertThat(parsed.metadata.getFirst().title()).isEqualTo("Das Buch");
    assertThat(parsed.metadata.getFirst().languages()).containsExactly("de");
    assertThat(parsed.chapters)
        .extracting(Chapter::text)
        .containsExactly("Das Buch", "Eins\n\nErster Text", "Zwei\n\nZweiter");
    assertThat(parsed.chapters.get(1).html()).doesNotContain("onclick", "script");
    assertThat(parsed.contents)
        .extracting(entry -> entry.depth() + entry.title())
        .containsExactly("0Das Buch", "1Eins", "1Zwei");
  }

  @Test
  void whatIsNoTextIsRefused() {
    assertThat(reason(new byte[0])).isEqualTo(JobFailure.Reason.FILE_EMPTY);
    assertThat(reason(new byte[3000])).isEqualTo(JobFailure.Reason.FORMAT_UNSUPPORTED);
    assertThat(reason(" \n\n ".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(JobFailure.Reason.NO_TEXT);
  }

  private JobFailure.Reason reason(byte[] file) {
    JobFailure[] failure = new JobFailure[1];
    assertThatThrownBy(() -> bytes("text/plain", file))
        .isInstanceOfSatisfying(JobFailure.class, thrown -> failure[0] = thrown);
    return failure[0].reason();
  }

  private RecordedBook text(String mediaType, String text) throws Exception {
    return bytes(mediaType, text.getBytes(StandardCharsets.UTF_8));
  }

  private RecordedBook bytes(String mediaType, byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("book.txt"), bytes);
    return RecordedBook.of(new PlainTextHandler(), new ParseJob(JobKinds.PARSE, mediaType, file));
  }
}
