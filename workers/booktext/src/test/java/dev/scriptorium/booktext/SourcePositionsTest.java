package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.positions.SourceMap;
import dev.scriptorium.positions.SpinePlace;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

class SourcePositionsTest {
  private static final List<String> INLINE = List.of("b", "i", "span", "a", "sup");
  private static final List<String> BLOCK = List.of("p", "div", "blockquote", "section", "li");
  private static final List<String> TEXTS =
      List.of(
          "word",
          " ",
          "\n  ",
          "two words",
          "e\u0301",
          "\uD83D\uDE00",
          "soft\u00ADhyphen",
          "\u00A0",
          "&amp;",
          "A\u030Ab",
          "漢字",
          "<br/>",
          "<br/><br/>",
          "<!-- note -->",
          "<![CDATA[x <y>]]>",
          "<ruby>漢<rt>kan</rt></ruby>",
          "<img src='x'/>",
          "<pre>a\n b\n\nc</pre>",
          "<a epub:type='noteref' href='#n'>1</a>",
          "<a epub:type='noteref' href='#n'>a word</a>",
          "<aside epub:type='footnote' id='n'>left out</aside>",
          "<script>none</script>",
          "<table><tr><td>x</td><td>y</td></tr></table>");

  private final Limits limits = Limits.defaults();
  private final ContentReader reader =
      new ContentReader(limits, new HardenedXml(limits), new TolerantMarkup(limits));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void everyOffsetComesBackFromCfiAndXPointer(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      String document = document(blocks(random, 3));
      ChapterContent content = read(document);
      SourceMap map = map(content);
      SourceMap decoded = SourceMap.decode(map.encode());

      assertThat(decoded.encode()).isEqualTo(map.encode());
      for (int offset = 0; offset <= content.codePoints(); offset++) {
        String cfi = decoded.toCfi(offset);
        String pointer = decoded.toXPointer(offset);
        assertThat(decoded.fromCfi(cfi)).as("%s of %s", cfi, document).isEqualTo(offset);
        assertThat(decoded.fromXPointer(pointer))
            .as("%s of %s", pointer, document)
            .isEqualTo(offset);
        assertThat(SourceMap.item(cfi)).isEqualTo(7);
        assertThat(SourceMap.item(pointer)).isEqualTo(7);
      }
    }
  }

  @Test
  void aCfiLeadsToTheCharacterInTheDocument() throws Exception {
    Random random = new Random(13);
    for (int i = 0; i < 100; i++) {
      String document = document(blocks(random, 3));
      ChapterContent content = read(document);
      SourceMap map = map(content);
      Document tree = parse(document);
      int[] characters = content.text().codePoints().toArray();
      for (int offset = 0; offset < characters.length; offset++) {
        // What normalisation has put together has no single character in the source.
        if (!Character.isWhitespace(characters[offset])
            && characters[offset] != 'é'
            && characters[offset] != 'Å') {
          assertThat(characterAt(tree, map.toCfi(offset)))
              .as("%s of %s", map.toCfi(offset), document)
              .isEqualTo(characters[offset]);
        }
      }
    }
  }

  @Test
  void whatIsPutBetweenTooManyMarksShiftsNoPlace() throws Exception {
    String document = document("<p>x" + "\u0316".repeat(70) + " \uD83D\uDE00 word</p>");
    ChapterContent content = read(document);
    SourceMap map = map(content);
    Document tree = parse(document);

    int[] characters = content.text().codePoints().toArray();
    assertThat(characters).hasSize(1 + 70 + 2 + 7).contains(0x034F);
    for (int offset = 0; offset < characters.length; offset++) {
      if (characters[offset] != 0x034F && characters[offset] != ' ') {
        assertThat(characterAt(tree, map.toCfi(offset))).isEqualTo(characters[offset]);
      }
    }
  }

  @Test
  @Timeout(10)
  void aLongParagraphOfPairsTakesTimeInProportion() throws Exception {
    int pairs = 300_000;
    SourceMap map = map(read(document("<p>" + "\uD83D\uDE00".repeat(pairs) + "</p>")));

    assertThat(map.toCfi(pairs - 1)).endsWith("/1:" + 2 * (pairs - 1) + ")");
  }

  @Test
  void placesAreWrittenAsReaderAppsWriteThem() throws Exception {
    SourceMap map =
        map(read(document("<h1>One</h1><p>Call me\n <i>Ish</i>mael.</p><p>Some<br/>years</p>")));

    assertThat(map.toCfi(0)).isEqualTo("epubcfi(/6/14!/4/2/1:0)");
    assertThat(map.toCfi(13)).isEqualTo("epubcfi(/6/14!/4/4/2/1:0)");
    assertThat(map.toCfi(17)).isEqualTo("epubcfi(/6/14!/4/4/3:1)");
    assertThat(map.toXPointer(0)).isEqualTo("/body/DocFragment[7]/body/h1/text().0");
    assertThat(map.toXPointer(17)).isEqualTo("/body/DocFragment[7]/body/p[1]/text()[2].1");
    assertThat(map.fromXPointer("/body/DocFragment[7]/body/p[2]/text()[2].2")).isEqualTo(30);
  }

  @Test
  void foreignFormsOfAPlaceAreUnderstood() throws Exception {
    SourceMap map = map(read(document("<h1>One</h1><div><p>Two</p><p>Three</p></div>")));

    assertThat(map.fromCfi("epubcfi(/6/14[c7]!/4[body,x]/4/4/1:2[Th,r;s=a])")).isEqualTo(12);
    assertThat(map.fromCfi("epubcfi(/6/14!/4/4,/2/1:1,/4/1:3)")).isEqualTo(6);
    assertThat(map.fromCfi("epubcfi(/6/14!/4/4)")).isEqualTo(5);
    assertThat(map.fromCfi("epubcfi(/6/14!/4/99)")).isEqualTo(15);
    assertThat(map.fromXPointer("/body/DocFragment[7]/body/div/p[2].0")).isEqualTo(10);
    assertThat(map.fromXPointer("/body/DocFragment[7]/body/div/p[9]")).isEqualTo(5);
    assertThat(map.fromXPointer("/body/DocFragment[7]")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "epubcfi(", "epubcfi(/6)", "epubcfi(/6/x!/4)", "/body/p[3]", "/html"})
  void whatIsNoPlaceIsRefused(String place) throws Exception {
    SourceMap map = map(read(document("<p>x</p>")));

    assertThatThrownBy(() -> map.fromCfi(place)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> map.fromXPointer(place)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDamagedMapIsRefused() throws Exception {
    byte[] map = map(read(document("<p>x <b>y</b> z</p>"))).encode();

    for (int length = 0; length < map.length; length++) {
      byte[] part = Arrays.copyOf(map, length);
      assertThatThrownBy(() -> SourceMap.decode(part)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static SourceMap map(ChapterContent content) {
    return content.origin().in(new SpinePlace(3, 7));
  }

  private ChapterContent read(String document) throws Exception {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    ContentReader.Reading reading = reader.read(bytes, new Anywhere(), id -> false);
    assertThat(reading.wellFormed()).as(document).isTrue();
    return reading.content();
  }

  private static String document(String body) {
    return "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'>"
        + "<head><title>T</title></head>\n<body>"
        + body
        + "</body></html>";
  }

  private static String blocks(Random random, int depth) {
    StringBuilder blocks = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String name = BLOCK.get(random.nextInt(BLOCK.size()));
      boolean inner = depth > 0 && random.nextBoolean();
      String content = inner ? blocks(random, depth - 1) : inline(random, 2);
      blocks.append("<%1$s>%2$s</%1$s>".formatted(name, content));
      blocks.append(random.nextBoolean() ? "\n " : "");
    }
    return blocks.toString();
  }

  private static String inline(Random random, int depth) {
    StringBuilder inline = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      if (depth > 0 && random.nextInt(3) == 0) {
        String name = INLINE.get(random.nextInt(INLINE.size()));
        inline.append("<%1$s>%2$s</%1$s>".formatted(name, inline(random, depth - 1)));
      } else {
        inline.append(TEXTS.get(random.nextInt(TEXTS.size())));
      }
    }
    return inline.toString();
  }

  private static Document parse(String document) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setCoalescing(true);
    factory.setIgnoringComments(true);
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    Document tree = factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    tree.normalizeDocument();
    return tree;
  }

  /** Resolves a CFI on a tree, as its specification says. */
  private static int characterAt(Document tree, String cfi) {
    String path = cfi.substring(cfi.indexOf('!') + 2, cfi.length() - 1);
    Node node = tree.getDocumentElement();
    for (String step : path.substring(0, path.indexOf(':')).split("/", -1)) {
      int number = Integer.parseInt(step);
      int elements = 0;
      Node child = node.getFirstChild();
      while (elements < number / 2) {
        elements += child.getNodeType() == Node.ELEMENT_NODE ? 1 : 0;
        node = child;
        child = child.getNextSibling();
      }
      node = number % 2 == 0 ? node : child;
    }
    return node.getNodeValue().codePointAt(Integer.parseInt(path.substring(path.indexOf(':') + 1)));
  }

  private static final class Anywhere implements LinkResolver {
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
