package dev.scriptorium.plugin.epub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.epub.Manuscript.Passage;
import dev.scriptorium.positions.FoundPassage;
import dev.scriptorium.positions.Quote;
import dev.scriptorium.positions.QuoteSearch;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader quotes a book, then its file is replaced by another edition: every passage is found
 * where it stands now.
 */
class EditedCopyTest {
  private static final int QUOTES = 60;

  /** Where the letters at the edge of a passage were mended, its edge may be seen beside them. */
  private static final int TOLERANCE = 2;

  @TempDir Path folder;

  private final Random random = new Random(17);
  private final Manuscript written = Manuscript.of(random, 8, 30);

  @Test
  void theSameFileHasThemWhereTheyWere() throws Exception {
    findsAllIn(book -> book);
  }

  @Test
  void paragraphsThatWerePutInMoveThem() throws Exception {
    findsAllIn(book -> book.withMoreParagraphs(random));
  }

  @Test
  void mendedSlipsOfThePenAreNoHindrance() throws Exception {
    findsAllIn(book -> book.mended());
  }

  @Test
  void chaptersCutInTwoDoNotLoseThem() throws Exception {
    findsAllIn(Manuscript::withHalvedChapters);
  }

  @Test
  void chaptersPutTogetherDoNotLoseThem() throws Exception {
    findsAllIn(Manuscript::withChaptersInPairs);
  }

  @Test
  void anotherOrderOfTheSpineDoesNotLoseThem() throws Exception {
    findsAllIn(book -> book.shuffled(random));
  }

  @Test
  void allOfItAtOnceDoesNotLoseThem() throws Exception {
    findsAllIn(
        book -> book.mended().withMoreParagraphs(random).withHalvedChapters().shuffled(random));
  }

  private void findsAllIn(UnaryOperator<Manuscript> edit) throws Exception {
    List<String> before = texts(written);
    Manuscript edited = edit.apply(written);
    List<String> after = texts(edited);
    QuoteSearch search = new QuoteSearch(after);
    for (Passage passage : written.passages(random, QUOTES)) {
      Manuscript.Place old = written.place(passage);
      Quote quote = Quote.of(before.get(old.chapter()), old.start(), old.end());
      assertThat(quote.exact()).isEqualTo(written.words(passage));

      FoundPassage found = search.find(quote, (double) old.chapter() / before.size()).orElseThrow();

      Manuscript.Place now = edited.place(passage);
      assertThat(found.chapter()).as(quote.exact()).isEqualTo(now.chapter());
      assertThat(found.start()).isBetween(now.start() - TOLERANCE, now.start() + TOLERANCE);
      assertThat(found.end()).isBetween(now.end() - TOLERANCE, now.end() + TOLERANCE);
    }
  }

  /** Canonical texts of the chapters, as the parser gives them. */
  private List<String> texts(Manuscript manuscript) throws Exception {
    EpubFixture fixture = EpubFixture.epub();
    manuscript.bodies().forEach(fixture::chapter);
    RecordedBook book = EpubRun.of(JobKinds.PARSE, fixture.in(folder));
    return book.chapters.stream().map(Chapter::text).toList();
  }
}
