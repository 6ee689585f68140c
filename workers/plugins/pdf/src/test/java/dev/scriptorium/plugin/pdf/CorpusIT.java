package dev.scriptorium.plugin.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobFailure.Reason;
import dev.scriptorium.plugin.JobKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real books with known facts, where a corpus lies beside the project. */
class CorpusIT {
  private static final Path CORPUS = find();

  /** Comparing takes time by the square of the length. */
  private static final long LONGEST_COMPARED = 600_000;

  /** A paragraph that comes so often is a head. */
  private static final int MANY = 3;

  @TempDir Path folder;

  private static Path find() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null) {
      Path corpus = at.resolveSibling("shared").resolve("corpus");
      if (Files.isDirectory(corpus)) {
        return corpus;
      }
      at = at.getParent();
    }
    return Path.of("corpus");
  }

  @BeforeAll
  static void corpusIsThere() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(CORPUS), "corpus not present");
    BundledFonts.use();
  }

  private static JsonElement json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file));
  }

  @Test
  void factsOfEveryBookAreFound() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    int books = 0;
    for (JsonElement entry : json(CORPUS.resolve("manifest.json")).getAsJsonArray()) {
      JsonObject book = entry.getAsJsonObject();
      String name = book.get("file").getAsString();
      JsonObject facts = book.getAsJsonObject("facts");
      if (name.startsWith("pdf/") && facts.has("pages")) {
        checkFacts(softly, CORPUS.resolve(name), facts);
        books++;
      }
    }

    softly.assertAll();
    assertThat(books).isPositive();
  }

  private void checkFacts(SoftAssertions softly, Path file, JsonObject facts) throws Exception {
    String name = String.valueOf(file.getFileName());
    RecordedBook inspected = RecordedBook.inspect(file, folder);
    RecordedBook parsed = RecordedBook.parse(file, folder);
    int pages = facts.get("pages").getAsInt();
    softly.assertThat(inspected.onlyMetadata().pageCount()).as(name + " pages").isEqualTo(pages);
    softly
        .assertThat(parsed.chapters.getLast().lastPage())
        .as(name + " last page")
        .isEqualTo(pages);
    if (facts.has("title")) {
      softly
          .assertThat(inspected.onlyMetadata().title())
          .as(name + " title")
          .isEqualTo(nfc(facts.get("title").getAsString()));
    }
    if (facts.has("author")) {
      softly
          .assertThat(inspected.onlyMetadata().contributors())
          .as(name + " author")
          .extracting("name")
          .containsExactly(facts.get("author").getAsString());
    }
    checkOutline(softly, name, facts.getAsJsonArray("outline"), inspected, parsed);
    checkLabels(softly, name, facts, parsed);
  }

  private static void checkLabels(
      SoftAssertions softly, String name, JsonObject facts, RecordedBook parsed) {
    if (facts.has("page_labels_first")) {
      List<String> expected =
          facts.getAsJsonArray("page_labels_first").asList().stream()
              .map(JsonElement::getAsString)
              .toList();
      softly
          .assertThat(parsed.positions)
          .as(name + " page labels")
          .extracting("pageLabel")
          .startsWith(expected.toArray());
    }
  }

  @Test
  void protectedBooksAreRefusedByName() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    int books = 0;
    for (JsonElement entry : json(CORPUS.resolve("manifest.json")).getAsJsonArray()) {
      JsonObject book = entry.getAsJsonObject();
      String name = book.get("file").getAsString();
      JsonObject facts = book.getAsJsonObject("facts");
      if (name.startsWith("pdf/") && !facts.has("pages")) {
        boolean password = facts.get("pdfinfo_error").getAsString().contains("password");
        Reason expected = password ? Reason.PASSWORD_REQUIRED : Reason.DRM_PROTECTED;
        softly
            .assertThatThrownBy(() -> RecordedBook.parse(CORPUS.resolve(name), folder))
            .as(name)
            .isInstanceOfSatisfying(
                JobFailure.class, e -> assertThat(e.reason()).isEqualTo(expected));
        books++;
      }
    }

    softly.assertAll();
    assertThat(books).isPositive();
  }

  @Test
  void twoThreadsReadWhatOneReads() throws Exception {
    for (Path file : files("pdf", ".pdf")) {
      if (file.toFile().length() > 200_000) {
        RecordedBook one = read(file, 1);
        RecordedBook two = read(file, 2);

        assertThat(two.chapters).as(file.toString()).isEqualTo(one.chapters);
        assertThat(two.contents).isEqualTo(one.contents);
        assertThat(two.positions).isEqualTo(one.positions);
        assertThat(two.notes).isEqualTo(one.notes);
        assertThat(two.warnings).isEqualTo(one.warnings);
      }
    }
  }

  private RecordedBook read(Path file, int threads) throws IOException {
    try {
      return RecordedBook.run(
          JobKinds.PARSE, file, folder, PdfLimits.DEFAULT, () -> false, threads);
    } catch (JobFailure e) {
      return new RecordedBook();
    }
  }

  private static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static void checkOutline(
      SoftAssertions softly,
      String name,
      JsonArray outline,
      RecordedBook inspected,
      RecordedBook parsed) {
    if (outline.isEmpty()) {
      softly.assertThat(inspected.contents).as(name + " contents").isEmpty();
      return;
    }
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < outline.size(); i++) {
      JsonArray line = outline.get(i).getAsJsonArray();
      ContentsEntry entry = parsed.contents.get(i);
      expected.add(line.get(0) + " " + line.get(1).getAsString().strip() + " " + line.get(2));
      found.add(entry.depth() + 1 + " " + entry.title() + " " + pageOf(parsed, entry));
      softly
          .assertThat(inspected.contents.get(i).title())
          .as(name + " contents of inspect")
          .isEqualTo(entry.title());
    }
    softly.assertThat(found).as(name + " outline").isEqualTo(expected);
  }

  /** The page on which the target of an entry stands, by the positions of the pages. */
  private static String pageOf(RecordedBook book, ContentsEntry entry) {
    int page = 0;
    for (int i = 0; i < book.positions.size(); i++) {
      var position = book.positions.get(i);
      boolean notAfter =
          position.chapter() < entry.chapter()
              || (position.chapter() == entry.chapter()
                  && position.chapterOffset() <= entry.chapterOffset());
      page = notAfter ? i + 1 : page;
    }
    return String.valueOf(page);
  }

  @Test
  void typesetBooksGiveTheirWordsInOrder() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    for (Path gold : files("pdf", ".gold.json")) {
      JsonObject book = json(gold).getAsJsonObject();
      if (gold.toFile().length() < LONGEST_COMPARED && book.has("chapters")) {
        Path pdf = Path.of(gold.toString().replace(".gold.json", ".pdf"));
        RecordedBook read = RecordedBook.parse(pdf, folder);
        double score = WordOrder.f1(goldText(book), textWithNotes(read));
        System.out.printf("word order %.4f %s%n", score, pdf.getFileName());
        softly.assertThat(score).as(String.valueOf(pdf.getFileName())).isGreaterThan(0.99);
        checkChapters(softly, String.valueOf(pdf.getFileName()), book, read);
        softly
            .assertThat(headsLeft(goldText(book), read.text()))
            .as(pdf.getFileName() + " heads")
            .isEmpty();
      }
    }
    softly.assertAll();
  }

  /** Paragraphs that the book does not have and that come again and again. */
  private static List<String> headsLeft(String gold, String text) {
    Map<String, Long> expected = paragraphs(gold);
    List<String> left = new ArrayList<>();
    paragraphs(text)
        .forEach(
            (paragraph, times) -> {
              if (!expected.containsKey(paragraph) && times >= MANY) {
                left.add(paragraph);
              }
            });
    return left;
  }

  private static Map<String, Long> paragraphs(String text) {
    return Arrays.stream(text.split("\n\n", -1))
        .map(String::strip)
        .filter(paragraph -> !paragraph.isEmpty())
        .collect(Collectors.groupingBy(paragraph -> paragraph, Collectors.counting()));
  }

  private static void checkChapters(
      SoftAssertions softly, String name, JsonObject gold, RecordedBook read) {
    List<String> expected = new ArrayList<>();
    for (JsonElement entry : gold.getAsJsonArray("chapters")) {
      JsonObject chapter = entry.getAsJsonObject();
      expected.add(chapter.get("first_page").getAsInt() + " " + chapter.get("title").getAsString());
    }
    List<String> found =
        read.chapters.stream()
            .map(chapter -> chapter.firstPage() + " " + chapter.title().replace('’', '\''))
            .toList();
    softly.assertThat(found).as(name + " chapters").containsAll(expected);
  }

  private static String goldText(JsonObject book) {
    List<String> parts = new ArrayList<>();
    for (JsonElement chapter : book.getAsJsonArray("chapters")) {
      for (String kind : List.of("paragraphs", "footnotes")) {
        if (chapter.getAsJsonObject().has(kind)) {
          chapter
              .getAsJsonObject()
              .getAsJsonArray(kind)
              .forEach(part -> parts.add(part.getAsString()));
        }
      }
    }
    return String.join("\n\n", parts);
  }

  private static String textWithNotes(RecordedBook book) {
    List<String> parts = new ArrayList<>();
    book.chapters.forEach(
        chapter -> {
          parts.add(chapter.text());
          book.notes.stream()
              .filter(note -> note.chapter() == chapter.ordinal())
              .forEach(note -> parts.add(note.text()));
        });
    return String.join("\n\n", parts);
  }

  @Test
  void hostileFilesEndSoonWithAnAnswer() throws Exception {
    List<Path> files = new ArrayList<>(files("hostile", ".pdf"));
    files.addAll(files("hostile/generated", ".pdf"));
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      long start = System.nanoTime();
      try {
        RecordedBook.inspect(file, folder);
        String text = RecordedBook.parse(file, folder).text();
        assertThat(text).as(file.toString()).doesNotContain("root:x:0");
      } catch (JobFailure | IOException e) {
        assertThat(e).as(file.toString()).hasMessageNotContaining("/etc/passwd");
      } catch (Throwable e) {
        fail(file + " threw", e);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as(file.toString())
          .isLessThan(Duration.ofSeconds(10));
    }
  }

  private static List<Path> files(String under, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(CORPUS.resolve(under))) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
