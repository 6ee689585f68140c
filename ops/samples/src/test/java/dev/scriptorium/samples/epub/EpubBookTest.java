package dev.scriptorium.samples.epub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class EpubBookTest {
  private static final Path SOURCES = Path.of("src/main/books");

  @TempDir static Path folder;
  private static Path novella = Path.of("");

  @BeforeAll
  static void build() throws IOException {
    List<Path> books = EpubMain.build(SOURCES, folder.resolve("first"));
    novella = books.getFirst();
  }

  @Test
  void twoBuildsGiveTheSameBytes() throws IOException {
    Path again = EpubMain.build(SOURCES, folder.resolve("second")).getFirst();

    assertThat(again).hasSameBinaryContentAs(novella);
  }

  @Test
  void theContainerBeginsWithItsStoredMediaType() throws IOException {
    byte[] bytes = Files.readAllBytes(novella);

    assertThat(new String(bytes, 30, 8, StandardCharsets.US_ASCII)).isEqualTo("mimetype");
    assertThat(new String(bytes, 38, 20, StandardCharsets.US_ASCII))
        .isEqualTo("application/epub+zip");
  }

  @Test
  void theManifestNamesExactlyTheFilesThatAreThere() throws IOException {
    Set<String> named =
        matches(entry("package.opf"), "href=\"([^\"]+)\"").stream()
            .map(href -> "EPUB/" + href)
            .collect(Collectors.toCollection(TreeSet::new));
    named.addAll(Set.of("mimetype", "META-INF/container.xml", "EPUB/package.opf"));

    assertThat(names()).containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void idsAreUniqueAndLinksLeadSomewhere() throws Exception {
    for (String name : names()) {
      if (name.endsWith(".xhtml") || name.endsWith(".opf")) {
        String text = entry(name.substring("EPUB/".length()));
        assertThat(matches(text, " id=\"([^\"]+)\"")).as(name).doesNotHaveDuplicates();
        assertThat(matches(text, " href=\"([^\":]+)\"")).as(name).allMatch(this::exists);
      }
    }
  }

  @Test
  void everyDocumentIsWellFormed() throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    parser.setEntityResolver((_, _) -> new InputSource(new ByteArrayInputStream(new byte[0])));
    for (String name : names()) {
      if (name.matches(".*\\.(xhtml|opf|ncx|svg|xml)")) {
        assertThat(parser.parse(new ByteArrayInputStream(bytes(name))).getDocumentElement())
            .as(name)
            .isNotNull();
      }
    }
  }

  @Test
  void theNovellaIsLongEnoughAndIllustrated() throws IOException {
    List<String> chapters = names().stream().filter(n -> n.contains("chapter-")).toList();
    int words = 0;
    int notes = 0;
    for (String chapter : chapters) {
      String text = entry(chapter.substring("EPUB/".length()));
      notes += matches(text, "epub:type=\"(footnote)\"").size();
      words += text.replaceAll("<[^>]+>", " ").strip().split("\\s+", -1).length;
    }

    assertThat(chapters).hasSizeGreaterThanOrEqualTo(8);
    assertThat(words).isGreaterThan(8_500);
    assertThat(notes).isGreaterThanOrEqualTo(5);
    assertThat(names().stream().filter(n -> n.contains("/images/"))).hasSizeGreaterThan(5);
  }

  @Test
  void thePicturesCanBeRead() throws IOException {
    for (String name : names()) {
      if (name.matches(".*\\.(png|jpg)")) {
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes(name))).getWidth())
            .as(name)
            .isGreaterThanOrEqualTo(900);
      }
    }
  }

  @Test
  void theMetadataIsThere() throws IOException {
    String opf = entry("package.opf");

    assertThat(opf)
        .contains("<dc:title id=\"main-title\">The Great Ebb</dc:title>")
        .contains("property=\"dcterms:modified\">2026-11-01T00:00:00Z<")
        .contains("properties=\"nav\"")
        .contains("properties=\"cover-image\"")
        .contains("properties=\"svg\"");
    assertThat(matches(opf, "<dc:(subject)>")).hasSizeGreaterThan(2);
  }

  private boolean exists(String href) {
    try {
      int hash = href.indexOf('#');
      if (hash == 0) {
        return true;
      }
      String file = hash < 0 ? href : href.substring(0, hash);
      return names().contains("EPUB/" + file)
          && (hash < 0 || entry(file).contains(" id=\"" + href.substring(hash + 1) + "\""));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> names() throws IOException {
    try (ZipFile zip = new ZipFile(novella.toFile())) {
      return new ArrayList<>(zip.stream().map(ZipEntry::getName).toList());
    }
  }

  private static String entry(String href) throws IOException {
    return new String(bytes("EPUB/" + href), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) throws IOException {
    try (ZipFile zip = new ZipFile(novella.toFile())) {
      ZipEntry entry = Objects.requireNonNull(zip.getEntry(name), name);
      return zip.getInputStream(entry).readAllBytes();
    }
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
