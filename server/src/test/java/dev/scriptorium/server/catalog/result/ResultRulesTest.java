package dev.scriptorium.server.catalog.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.catalog.TestResult;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.PackRange;
import dev.scriptorium.worker.v1.PassageResult;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResultRulesTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private Book book;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    book = library.upload(owner, "text");
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  static Stream<Arguments> brokenParses() {
    return Stream.of(
        Arguments.of("no chapter", new TestResult(), "parse gave no chapter"),
        broken("ordinal", chapter -> chapter.setOrdinal(3), "the next ordinal is 2"),
        broken("code points", chapter -> chapter.setCodePoints(-1), "code_points"),
        broken("words", chapter -> chapter.setWordCount(1000), "word_count"),
        broken("pages", chapter -> chapter.setFirstPage(3).setLastPage(2), "pages"),
        broken("hash", chapter -> chapter.setSha256("beef"), "sha256"),
        broken("nul", chapter -> chapter.setTitle("a\0b"), "title has no U+0000"),
        broken("before the pack", chapter -> chapter.setContent(range(0, 5)), "lies in the pack"),
        broken("behind it", chapter -> chapter.setContent(range(10, 9999)), "lies in the pack"),
        broken("overflow", chapter -> chapter.setContent(range(Long.MAX_VALUE, 5)), "in the pack"),
        broken("empty range", chapter -> chapter.setContent(range(10, 0)), "1 to 67108864"),
        item("contents to nowhere", SampleResults.contents("x", 7, 0), "offset 0 of chapter 7"),
        item("contents behind the end", SampleResults.contents("x", 1, 23), "offset 23"),
        item("offset without chapter", SampleResults.contents("x", 0, 1), "no offset"),
        item("note behind the end", SampleResults.note(1, 23, "n"), "offset 23 of chapter 1"),
        item("position behind the end", SampleResults.position(1, 23), "offset 23 of chapter 1"),
        item("negative offset", SampleResults.position(1, -1), "at least 0"),
        item(
            "second metadata",
            ResultItem.newBuilder().setMetadata(SampleResults.metadata()),
            "there is one metadata"),
        item("passage", SampleResults.passage(1, 0, 1, "O", 1), "parse gives no such item"),
        item("nothing", ResultItem.newBuilder(), "parse gives no such item"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenParses")
  void aParseThatBreaksARuleIsRefusedAndChangesNothing(
      String name, TestResult result, String rule) {
    Book before = read();

    assertThatThrownBy(() -> library.apply(job("parse"), result))
        .isInstanceOf(ResultInvalidException.class)
        .hasMessageContaining(rule);

    assertThat(read()).isEqualTo(before);
  }

  @Test
  void placesMayComeBeforeTheirChapter() throws Exception {
    library.apply(
        job("parse"),
        new TestResult().item(SampleResults.contents("One", 1, 3)).chapter("One", "text"));

    assertThat(read().getContents(0).getChapter()).endsWith("/chapters/1");
  }

  static Stream<Arguments> brokenSlices() {
    return Stream.of(
        Arguments.of(SampleResults.passage(1, 0, 22, "shorter", 1), "length of its range"),
        Arguments.of(SampleResults.passage(1, 0, 23, "x".repeat(23), 1), "[0, 23) lies in"),
        Arguments.of(SampleResults.passage(1, 4, 4, "", 1), "[4, 4) lies in"),
        Arguments.of(SampleResults.passage(3, 0, 1, "x", 1), "chapter 3 is one of the job's"),
        Arguments.of(SampleResults.passage(1, 0, 1, "x", 101), "priority is 0 to 100"),
        Arguments.of(passage(p -> p.setConfidence(Double.NaN)), "confidence is 0 to 1"),
        Arguments.of(passage(PassageResult.Builder::clearType), "it has a type"),
        Arguments.of(SampleResults.entity(1, "x", List.of()), "analyze gives no such item"));
  }

  @ParameterizedTest
  @MethodSource("brokenSlices")
  void aSliceThatBreaksARuleIsRefused(ResultItem.Builder item, String rule) throws Exception {
    Job analyze = parsed().getFirst();

    assertThatThrownBy(() -> library.apply(analyze, new TestResult().item(item)))
        .isInstanceOf(ResultInvalidException.class)
        .hasMessageContaining(rule);
  }

  @Test
  void aSummaryThatBreaksARuleIsRefused() throws Exception {
    Job summarize = parsed().getLast();

    assertRefused(summarize, SampleResults.entity(2, "x", one()), "the next ordinal is 1");
    assertRefused(summarize, SampleResults.entity(1, "", one()), "display_name is not empty");
    assertRefused(
        summarize,
        SampleResults.entity(
            1, "x", List.of(SampleResults.mention(2, 0, 1), SampleResults.mention(1, 0, 1))),
        "reading order");
  }

  @Test
  void everyCutOffResultIsRefusedOrShorter() throws Exception {
    byte[] whole = SampleResults.parsed().bytes();
    for (int length = 0; length < whole.length; length++) {
      ResultItems items = new ResultItems(new ByteArrayInputStream(Arrays.copyOf(whole, length)));
      try {
        while (items.next().isPresent()) {
          assertThat(items.number()).isLessThan(100);
        }
      } catch (ResultInvalidException e) {
        assertThat(e).hasMessageContaining("item " + items.number());
      }
    }
  }

  @Test
  void anItemOfMoreThanOneMebibyteIsRefusedBeforeItIsRead() {
    byte[] length = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};

    ResultItems items = new ResultItems(new ByteArrayInputStream(length));

    assertThatThrownBy(items::next).hasMessageContaining("at most 1048576 bytes");
  }

  private void assertRefused(Job job, ResultItem.Builder item, String rule) {
    assertThatThrownBy(() -> library.apply(job, new TestResult().item(item)))
        .isInstanceOf(ResultInvalidException.class)
        .hasMessageContaining(rule);
  }

  private List<Job> parsed() throws Exception {
    List<NewJob> next = library.apply(job("parse"), SampleResults.parsed());
    return library.commit(next);
  }

  private Job job(String kind) {
    return library.job(BookName.parse("name", book.getName()).id(), kind);
  }

  private Book read() {
    return library
        .catalog(owner)
        .getBook(GetBookRequest.newBuilder().setName(book.getName()).build());
  }

  private static List<dev.scriptorium.worker.v1.EntityMention> one() {
    return List.of(SampleResults.mention(1, 0, 1));
  }

  private static Arguments broken(
      String name, Consumer<ChapterResult.Builder> damage, String rule) {
    TestResult result = new TestResult().chapter("One", SampleResults.ONE);
    ChapterResult.Builder chapter = result.chapterOf("Two", SampleResults.TWO);
    damage.accept(chapter);
    return Arguments.of(name, result.item(ResultItem.newBuilder().setChapter(chapter)), rule);
  }

  private static Arguments item(String name, ResultItem.Builder item, String rule) {
    return Arguments.of(name, SampleResults.parsed().item(item), rule);
  }

  private static ResultItem.Builder passage(Consumer<PassageResult.Builder> damage) {
    ResultItem.Builder item = SampleResults.passage(1, 0, 1, "O", 1);
    damage.accept(item.getPassageBuilder());
    return item;
  }

  private static PackRange range(long offset, int length) {
    return PackRange.newBuilder().setOffset(offset).setLength(length).build();
  }
}
