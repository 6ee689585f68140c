package dev.scriptorium.plugin.fictionbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.booktext.ParseJob;
import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Metadata.Contributor;
import dev.scriptorium.plugin.Metadata.Identifier;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.SourcePosition;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FictionBookHandlerTest {
  private static final String BOOK =
      """
      <?xml version="1.0" encoding="ENCODING"?>
      <FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"
        xmlns:l="http://www.w3.org/1999/xlink">
      <description><title-info><genre>prose_classic</genre>
      <author><first-name>Иван</first-name><middle-name>С.</middle-name>
      <last-name>Тургенев</last-name></author>
      <book-title>Отцы и дети</book-title><annotation><p>Роман.</p><p>О детях.</p></annotation>
      <coverpage><image l:href="#cover.png"/></coverpage><lang>ru</lang>
      <translator><nickname>Tom</nickname></translator>
      <sequence name="Классика" number="3"/></title-info>
      <document-info><id>ABC-1</id></document-info>
      <publish-info><publisher>Дом</publisher><year>1862</year><isbn>978-0</isbn></publish-info>
      </description>
      <body><title><p>Отцы</p><p>и дети</p></title><epigraph><p>Слово.</p></epigraph>
      <section id="one"><title><p>I</p></title><p>Что, <emphasis>Петр</emphasis>?<a l:href="#n1"
        type="note">[1]</a> Да. <a l:href="#two">см.</a></p>
      <section><title><p>Часть</p></title><p>Внутри.</p></section></section>
      <section id="two"><title><p>II</p></title>
      <poem><stanza><v>Строка одна</v><v>строка две</v></stanza></poem>
      <image l:href="#cover.png"/><empty-line/><p>Конец.</p></section></body>
      <body name="notes"><section id="n1"><title><p>1</p></title><p>Слуга.</p></section></body>
      <binary id="cover.png" content-type="image/png">PICTURE</binary>
      </FictionBook>
      """;

  @TempDir Path folder;

  @Test
  void theHandlerIsFoundAsAService() {
    assertThat(ServiceLoader.load(JobHandler.class))
        .hasAtLeastOneElementOfType(FictionBookHandler.class);
  }

  @Test
  void metadataAndCoverAreInspected() throws Exception {
    RecordedBook inspected = inspect(book(StandardCharsets.UTF_8));

    Metadata metadata = inspected.metadata.getFirst();
    assertThat(metadata.title()).isEqualTo("Отцы и дети");
    assertThat(metadata.contributors())
        .containsExactly(
            new Contributor("Иван С. Тургенев", "aut", "Тургенев, Иван С."),
            new Contributor("Tom", "trl", ""));
    assertThat(metadata.languages()).containsExactly("ru");
    assertThat(metadata.description()).isEqualTo("Роман.\n\nО детях.");
    assertThat(metadata.series()).isEqualTo("Классика");
    assertThat(metadata.seriesIndex()).hasValue(3);
    assertThat(metadata.published()).isEqualTo("1862");
    assertThat(metadata.identifiers())
        .containsExactly(new Identifier("isbn", "978-0"), new Identifier("fb2", "ABC-1"));
    assertThat(inspected.images)
        .extracting(Image::resource)
        .containsExactly("cover", "cover-large", "cover-small");
    assertThat(inspected.chapters).isEmpty();
  }

  @Test
  void outermostSectionsAreChaptersAndInnerOnesContents() throws Exception {
    RecordedBook parsed = parse(book(StandardCharsets.UTF_8));

    assertThat(parsed.chapters)
        .extracting(Chapter::text)
        .containsExactly(
            "Отцы\nи дети\n\nСлово.",
            "I\n\nЧто, Петр? Да. см.\n\nЧасть\n\nВнутри.",
            "II\n\nСтрока одна\nстрока две\n\nКонец.");
    assertThat(parsed.contents)
        .containsExactly(
            new ContentsEntry("Отцы и дети", 0, 1, 0),
            new ContentsEntry("I", 0, 2, 0),
            new ContentsEntry("Часть", 1, 2, 23),
            new ContentsEntry("II", 0, 3, 0));
    assertThat(parsed.from(2, 23)).startsWith("Часть");
    assertThat(parsed.notes).containsExactly(new Note(2, "[1]", 13, "Слуга."));
    assertThat(parsed.chapters.get(1).html()).contains("href=\"chapter-3#two\"");
    assertThat(parsed.chapters.get(2).html()).contains("<img src=\"cover.png\"");
    assertThat(parsed.image("cover.png")).isPresent();
    assertThat(parsed.warnings).isEmpty();
  }

  @Test
  void everyParagraphHasItsPathInTheFile() throws Exception {
    RecordedBook parsed = parse(book(StandardCharsets.UTF_8));

    Map<String, String> textAt = new LinkedHashMap<>();
    for (SourcePosition position : parsed.positions) {
      String rest = parsed.from(position.chapter(), position.chapterOffset());
      textAt.put(position.elementPath(), rest.lines().findFirst().orElse(""));
    }
    assertThat(textAt)
        .hasSameSizeAs(parsed.positions)
        .containsEntry("/FictionBook/body[1]/title[1]/p[2]", "и дети")
        .containsEntry("/FictionBook/body[1]/epigraph[1]/p[1]", "Слово.")
        .containsEntry("/FictionBook/body[1]/section[1]/p[1]", "Что, Петр? Да. см.")
        .containsEntry("/FictionBook/body[1]/section[1]/section[1]/p[1]", "Внутри.")
        .containsEntry("/FictionBook/body[1]/section[2]/poem[1]/stanza[1]/v[2]", "строка две")
        .containsEntry("/FictionBook/body[1]/section[2]/p[1]", "Конец.");
  }

  @Test
  void poemsTablesAndCitationsKeepTheirShape() throws Exception {
    RecordedBook parsed =
        parse(
            Files.writeString(
                folder.resolve("x.fb2"),
                """
                <FictionBook xmlns:l="http://www.w3.org/1999/xlink"><description/><body><section>
                <epigraph><p>Слово</p><text-author>Автор</text-author></epigraph>
                <poem><title><p>Песнь</p></title><stanza><v>раз</v><v>два</v></stanza>
                <stanza><v>три</v></stanza><text-author>Поэт</text-author><date>1830</date></poem>
                <cite><p>Сказал</p><text-author>Он</text-author></cite><subtitle>* * *</subtitle>
                <table><tr><th>A</th><th>Б</th></tr><tr><td colspan="2">В</td></tr></table>
                <p><strong>жирно</strong>, <strikethrough>нет</strikethrough>,
                <sup>2</sup></p></section></body></FictionBook>
                """));

    assertThat(parsed.chapters.getFirst().text())
        .isEqualTo(
            "Слово\n\nАвтор\n\nПеснь\n\nраз\nдва\n\nтри\n\nПоэт\n\n1830\n\nСказал\n\nОн\n\n* * *"
                + "\n\nA Б\n\nВ\n\nжирно, нет, 2");
    assertThat(parsed.chapters.getFirst().html())
        .contains("<blockquote>", "<td colspan=\"2\">В</td>", "<strong>жирно</strong>", "<br");
  }

  @Test
  void aBookThatLiesAboutItsEncodingIsReadByItsLetters() throws Exception {
    String xml = Files.readString(book(StandardCharsets.UTF_8));
    Path file = Files.write(folder.resolve("x.fb2"), xml.getBytes(Charset.forName("windows-1251")));

    assertThat(parse(file).text()).contains("Что, Петр?", "Конец.");
  }

  @Test
  void theSameFileGivesTheSameBook() throws Exception {
    Path file = book(StandardCharsets.UTF_8);

    assertThat(parse(file).everything()).isEqualTo(parse(file).everything());
  }

  @ParameterizedTest
  @ValueSource(strings = {"KOI8-R", "UTF-16", "windows-1251", "IBM866", "UTF-8"})
  void legacyEncodingsAreReadByTheProlog(String charset) throws Exception {
    RecordedBook parsed = parse(book(Charset.forName(charset)));

    assertThat(parsed.metadata.getFirst().title()).isEqualTo("Отцы и дети");
    assertThat(parsed.chapters.get(1).text()).contains("Что, Петр?");
  }

  @Test
  void aBookInAnArchiveIsTheSameBook() throws Exception {
    Path plain = book(StandardCharsets.UTF_8);
    Path zipped = folder.resolve("book.fb2.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(zipped))) {
      zip.putNextEntry(new ZipEntry("a/book.FB2"));
      Files.copy(plain, zip);
    }

    assertThat(parse(zipped).everything()).isEqualTo(parse(plain).everything());
  }

  @Test
  void aMalformedBookIsReadAsWellAsItCanBe() throws Exception {
    String broken = Files.readString(book(StandardCharsets.UTF_8)).replace("</emphasis>", "");

    RecordedBook parsed = parse(Files.writeString(folder.resolve("x.fb2"), broken));

    assertThat(parsed.text()).contains("Что, Петр?", "Конец.");
    assertThat(parsed.reasons()).containsExactly("DOCUMENT_MALFORMED");
  }

  @Test
  void anotherKindOfXmlIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("x.fb2"), "<html><body><p>x</p></body></html>");

    assertThatThrownBy(() -> parse(file))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.reason()).isEqualTo(JobFailure.Reason.FORMAT_UNSUPPORTED));
  }

  @Test
  void damagedFilesEndInAnAnswer() throws Exception {
    byte[] whole = Files.readAllBytes(book(StandardCharsets.UTF_8));
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int i = 0; i < 5; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("x.fb2"), damaged);
      try {
        parse(file);
      } catch (JobFailure failure) {
        assertThat(failure.reason()).isNotNull();
      }
    }
  }

  private static RecordedBook parse(Path file) throws Exception {
    return run(JobKinds.PARSE, file);
  }

  private static RecordedBook inspect(Path file) throws Exception {
    return run(JobKinds.INSPECT, file);
  }

  private static RecordedBook run(String kind, Path file) throws Exception {
    ParseJob job = new ParseJob(kind, "application/x-fictionbook+xml", file);
    return RecordedBook.of(new FictionBookHandler(), job);
  }

  private Path book(Charset charset) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(400, 600, BufferedImage.TYPE_INT_RGB), "png", png);
    String base64 = Base64.getMimeEncoder().encodeToString(png.toByteArray());
    String xml = BOOK.replace("ENCODING", charset.name()).replace("PICTURE", base64);
    return Files.write(folder.resolve("book.fb2"), xml.getBytes(charset));
  }
}
