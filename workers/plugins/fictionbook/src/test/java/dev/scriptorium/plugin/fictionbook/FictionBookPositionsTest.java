package dev.scriptorium.plugin.fictionbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.booktext.ParseJob;
import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.positions.SourceMap;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class FictionBookPositionsTest {
  private static final List<String> INLINE = List.of("emphasis", "strong", "style", "code");
  private static final List<String> TEXTS =
      List.of(
          "word", "two words", "x, y", "Слово", "漢字", "soft\u00ADhyphen", "a\n  b", "\uD83D\uDE00");
  private static final Pattern STEP = Pattern.compile("/([a-zA-Z-]+)(?:\\[(\\d+)])?(?=/)");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyOffsetComesBackFromItsPathInTheFile(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 25; i++) {
      String document = document(random);
      for (Chapter chapter : read(document).chapters) {
        SourceMap map = SourceMap.decode(chapter.sourceMap());
        int length = chapter.text().codePointCount(0, chapter.text().length());
        for (int offset = 0; offset <= length; offset++) {
          String path = map.toXPointer(offset);
          assertThat(map.fromXPointer(path)).as("%s of %s", path, document).isEqualTo(offset);
        }
      }
    }
  }

  @Test
  void aPathLeadsToTheCharacterInTheFile() throws Exception {
    Random random = new Random(9);
    for (int i = 0; i < 40; i++) {
      String document = document(random);
      Document tree = parse(document);
      for (Chapter chapter : read(document).chapters) {
        SourceMap map = SourceMap.decode(chapter.sourceMap());
        int[] characters = chapter.text().codePoints().toArray();
        for (int offset = 0; offset < characters.length; offset++) {
          if (!Character.isWhitespace(characters[offset])) {
            String path = map.toXPointer(offset);
            assertThat(characterAt(tree, path))
                .as("%s of %s", path, document)
                .isEqualTo(characters[offset]);
          }
        }
      }
    }
  }

  @Test
  void pathsAreWrittenAsReaderAppsWriteThem() throws Exception {
    String body =
        "<section><title><p>One</p></title><p>Call me <emphasis>Ish</emphasis>mael.</p></section>"
            + "<section><p>Some years</p><p>ago</p></section>";
    List<Chapter> chapters = read(document(body)).chapters;
    SourceMap one = SourceMap.decode(chapters.get(0).sourceMap());
    SourceMap two = SourceMap.decode(chapters.get(1).sourceMap());

    assertThat(one.toXPointer(13)).isEqualTo("/FictionBook/body/section/p/emphasis/text().0");
    assertThat(one.toXPointer(17)).isEqualTo("/FictionBook/body/section/p/text()[2].1");
    assertThat(two.toXPointer(5)).isEqualTo("/FictionBook/body/section[2]/p[1]/text().5");
    assertThat(two.fromXPointer("/FictionBook/body/section[2]/p[2]/text().1")).isEqualTo(13);
    assertThat(SourceMap.item("/FictionBook/body/section[2]/p[2]/text().1")).isEqualTo(1);
    assertThatThrownBy(() -> two.toCfi(0)).isInstanceOf(IllegalStateException.class);
  }

  private RecordedBook read(String document) throws Exception {
    Path file = Files.writeString(folder.resolve("book.fb2"), document);
    return RecordedBook.of(
        new FictionBookHandler(),
        new ParseJob(JobKinds.PARSE, "application/x-fictionbook+xml", file));
  }

  private static String document(Random random) {
    StringBuilder body = new StringBuilder();
    body.append(random.nextBoolean() ? "<epigraph><p>Before all.</p></epigraph>\n" : "");
    for (int i = random.nextInt(3); i >= 0; i--) {
      body.append(section(random, 2)).append("\n ");
    }
    return document(body.toString());
  }

  private static String document(String body) {
    return "<FictionBook xmlns='http://www.gribuser.ru/xml/fictionbook/2.0'"
        + " xmlns:l='http://www.w3.org/1999/xlink'><description><title-info>"
        + "<book-title>T</book-title></title-info></description>\n<body>"
        + body
        + "</body></FictionBook>";
  }

  private static String section(Random random, int depth) {
    StringBuilder section = new StringBuilder("<section>");
    section.append(random.nextBoolean() ? "<title><p>Title</p><p>and more</p></title>\n" : "");
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      section.append(
          switch (random.nextInt(depth > 0 ? 7 : 6)) {
            case 0 -> "<poem><stanza><v>" + inline(random, 1) + "</v><v>second</v></stanza></poem>";
            case 1 -> "<subtitle>" + inline(random, 0) + "</subtitle>";
            case 2 -> "<cite><p>" + inline(random, 1) + "</p><text-author>Who</text-author></cite>";
            case 3 -> "<empty-line/>";
            case 6 -> section(random, depth - 1);
            default -> "<p>" + inline(random, 2) + "</p>\n";
          });
    }
    return section.append("<p>end</p></section>").toString();
  }

  private static String inline(Random random, int depth) {
    StringBuilder inline = new StringBuilder(text(random));
    for (int i = random.nextInt(4); i > 0 && depth > 0; i--) {
      String name = INLINE.get(random.nextInt(INLINE.size()));
      inline.append("<%1$s>%2$s</%1$s>".formatted(name, inline(random, depth - 1)));
      inline.append(text(random));
    }
    return inline.toString();
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static Document parse(String document) throws Exception {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }

  /** Follows a path with the tree of the JDK, and folds white space as reader apps do. */
  private static int characterAt(Document tree, String pointer) {
    int text = pointer.indexOf("/text()");
    Element element = tree.getDocumentElement();
    Matcher step = STEP.matcher(pointer.substring("/FictionBook".length(), text) + "/");
    while (step.find()) {
      String count = step.group(2);
      element = child(element, step.group(1), count == null ? 1 : Integer.parseInt(count));
    }
    Matcher place = Pattern.compile("/text\\(\\)(?:\\[(\\d+)])?\\.(\\d+)").matcher(pointer);
    assertThat(place.find(text)).isTrue();
    int piece = place.group(1) == null ? 1 : Integer.parseInt(place.group(1));
    String folded = text(element, piece).replace("\u00AD", "").replaceAll("\\s+", " ");
    int at = folded.offsetByCodePoints(0, Integer.parseInt(place.group(2)));
    return folded.codePointAt(at);
  }

  private static Element child(Element parent, String name, int count) {
    int seen = 0;
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(name) && ++seen == count) {
        return (Element) node;
      }
    }
    throw new AssertionError("no " + name + " " + count + " in " + parent.getNodeName());
  }

  private static String text(Element parent, int piece) {
    int seen = 0;
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeType() == Node.TEXT_NODE && ++seen == piece) {
        return node.getNodeValue();
      }
    }
    throw new AssertionError("no text " + piece + " in " + parent.getNodeName());
  }
}
