package dev.scriptorium.plugin.epub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.booktext.Words;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.Metadata.Contributor;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.positions.SourceMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares real books to facts found by an independent reader, where the corpus is present. */
class EpubCorpusTest {
  /** Bytes of a book that is inspected too: scaling large covers takes most of the time. */
  private static final int SMALL = 500_000;

  static Stream<JsonObject> books() throws IOException {
    Path manifest = Corpus.folder().resolve("manifest.json");
    if (!Files.exists(manifest)) {
      return Stream.of(new JsonObject());
    }
    JsonArray files = JsonParser.parseString(Files.readString(manifest)).getAsJsonArray();
    return StreamSupport.stream(files.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(file -> file.get("file").getAsString().startsWith("epub/"));
  }

  @ParameterizedTest
  @MethodSource("books")
  void aBookGivesWhatItHolds(JsonObject entry) throws Exception {
    Assumptions.assumeTrue(entry.has("file"), "corpus not present");
    Path file = Corpus.folder().resolve(entry.get("file").getAsString());
    JsonObject facts = entry.getAsJsonObject("facts");

    RecordedBook parsed = EpubRun.of(JobKinds.PARSE, file);

    SoftAssertions softly = new SoftAssertions();
    softly.assertThat(parsed.metadata.getFirst().title()).isEqualTo(text(facts, "title"));
    List<String> creators = strings(facts, "creators");
    softly
        .assertThat(contributors(parsed).stream().limit(creators.size()))
        .containsExactlyElementsOf(creators);
    softly
        .assertThat(parsed.metadata.getFirst().languages())
        .isEqualTo(strings(facts, "languages"));
    softly
        .assertThat(sources(parsed.chapters.stream()))
        .containsExactlyElementsOf(SpineOracle.paths(file))
        .hasSize(facts.get("spine").getAsInt());
    softly
        .assertThat(sources(parsed.chapters.stream().filter(Chapter::linear)))
        .hasSize(facts.get("spine_linear").getAsInt());
    softly.assertThat(parsed.images).hasSize(facts.get("images").getAsInt());
    softly.assertThat(titles(parsed)).containsAll(knownTitles(facts));
    softly.assertThat(parsed.contents).hasSizeGreaterThanOrEqualTo(contentsLines(facts));
    List<String> tree = SpineOracle.contents(file);
    softly
        .assertThat(parsed.contents.stream().limit(tree.isEmpty() ? 0 : Integer.MAX_VALUE))
        .extracting(line -> line.depth() + " " + line.title())
        .containsExactlyElementsOf(tree);
    checkWords(softly, parsed, facts);
    parsed.chapters.forEach(chapter -> checkPositions(softly, chapter));
    if (Files.size(file) < SMALL) {
      RecordedBook inspected = EpubRun.of(JobKinds.INSPECT, file);
      checkInspection(softly, inspected, parsed);
      checkCover(softly, inspected, file, text(facts, "cover"));
    }
    softly.assertAll();
  }

  private static void checkPositions(SoftAssertions softly, Chapter chapter) {
    SourceMap map = SourceMap.decode(chapter.sourceMap());
    int length = chapter.text().codePointCount(0, chapter.text().length());
    for (int offset = 0; offset <= length; offset += 1 + length / 50) {
      softly.assertThat(map.fromCfi(map.toCfi(offset))).as(map.toCfi(offset)).isEqualTo(offset);
      String pointer = map.toXPointer(offset);
      softly.assertThat(map.fromXPointer(pointer)).as(pointer).isEqualTo(offset);
    }
  }

  private static void checkInspection(
      SoftAssertions softly, RecordedBook inspected, RecordedBook parsed) {
    softly.assertThat(inspected.metadata).isEqualTo(parsed.metadata);
    softly.assertThat(titles(inspected)).isEqualTo(titles(parsed));
  }

  private static void checkCover(
      SoftAssertions softly, RecordedBook inspected, Path file, @Nullable String path)
      throws IOException {
    if (path != null) {
      softly
          .assertThat(inspected.image(Image.COVER).orElseThrow().bytes())
          .isEqualTo(SpineOracle.entry(file, path));
    }
  }

  /**
   * Words of every spine item, with the notes taken out of it. White space says nothing of words in
   * a script without it; there the characters count.
   */
  private static void checkWords(SoftAssertions softly, RecordedBook book, JsonObject facts) {
    List<Integer> expected =
        facts.getAsJsonArray("words_per_spine_item").asList().stream()
            .map(JsonElement::getAsInt)
            .toList();
    softly
        .assertThat(characters(book))
        .as("characters")
        .isCloseTo(facts.get("non_space_chars").getAsInt(), Percentage.withPercentage(0.5));
    List<String> sources = sources(book.chapters.stream());
    for (int i = 0; i < sources.size(); i++) {
      String source = sources.get(i);
      int words =
          book.chapters.stream()
              .filter(chapter -> chapter.source().equals(source))
              .mapToInt(chapter -> words(book, chapter))
              .sum();
      int wanted = expected.get(i);
      softly
          .assertThat(words)
          .as("words of " + source)
          .isBetween((int) Math.floor(wanted * 0.995), (int) Math.ceil(wanted * 1.005));
    }
  }

  /** Spine items that chapters come from; one may give several. */
  private static List<String> sources(Stream<Chapter> chapters) {
    return chapters.map(Chapter::source).distinct().toList();
  }

  private static int characters(RecordedBook book) {
    String text = book.text();
    Stream<String> takenOut = book.notes.stream().map(Note::text).filter(n -> !text.contains(n));
    return Stream.concat(Stream.of(text), takenOut.distinct())
        .mapToInt(part -> (int) part.codePoints().filter(c -> !Words.isSpace(c)).count())
        .sum();
  }

  private static int words(RecordedBook book, Chapter chapter) {
    return chapter.wordCount()
        + book.notes.stream()
            .filter(note -> note.chapter() == chapter.ordinal())
            .map(Note::text)
            .distinct()
            .filter(note -> !book.text().contains(note))
            .mapToInt(Words::count)
            .sum();
  }

  /** The facts name the first lines alone, and only those that are links in words. */
  private static List<String> knownTitles(JsonObject facts) {
    return strings(facts, "nav_toc").stream()
        .filter(title -> !title.isEmpty() && !title.equals("…"))
        .toList();
  }

  private static List<String> titles(RecordedBook book) {
    return book.contents.stream().map(ContentsEntry::title).toList();
  }

  private static List<String> contributors(RecordedBook book) {
    return book.metadata.getFirst().contributors().stream().map(Contributor::name).toList();
  }

  private static int contentsLines(JsonObject facts) {
    int nav = facts.get("nav_toc_entries").getAsInt();
    return nav == 0 && facts.has("ncx_points") ? facts.get("ncx_points").getAsInt() : nav;
  }

  private static @Nullable String text(JsonObject facts, String name) {
    JsonElement value = facts.get(name);
    return value == null || value.isJsonNull() ? null : value.getAsString();
  }

  private static List<String> strings(JsonObject facts, String name) {
    return facts.getAsJsonArray(name).asList().stream().map(JsonElement::getAsString).toList();
  }
}
