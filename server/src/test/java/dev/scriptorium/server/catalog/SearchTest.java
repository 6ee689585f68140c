package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.SearchBooksRequest;
import dev.scriptorium.v1.SearchBooksResponse;
import dev.scriptorium.v1.SearchTextRequest;
import dev.scriptorium.v1.SearchTextResponse;
import dev.scriptorium.v1.SearchTextResponse.Hit;
import dev.scriptorium.v1.SearchTextResponse.Match;
import dev.scriptorium.worker.v1.ResultItem;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
  private static final String WHALE =
      "Call me Ishmael.\n\nThere she blew: the white whale 😀, the whiteness of whales. "
          + "Nobody had seen two ships there.";

  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void booksAreFoundByBeginningsOfWordsWithoutAccents() throws Exception {
    Book emily = book("Sturmhöhe", "Emily Brontë", "de", "Ein Text.");
    book("Moby-Dick", "Herman Melville", "en", WHALE);

    assertThat(titles("bronte stur")).containsExactly("Sturmhöhe");
    assertThat(titles("BRONTË")).containsExactly("Sturmhöhe");
    assertThat(books("melv").getHits(0).getBook().getTitle()).isEqualTo("Moby-Dick");
    assertThat(books("sturm").getHits(0).getBook().getName()).isEqualTo(emily.getName());
  }

  @Test
  void aTypoStillFindsTheBook() throws Exception {
    book("Wuthering Heights", "Emily Brontë", "en", "A text.");
    book("Moby-Dick", "Herman Melville", "en", WHALE);

    assertThat(titles("wuthring hights")).containsExactly("Wuthering Heights");
    assertThat(titles("melvile")).containsExactly("Moby-Dick");
  }

  @Test
  void aMistypedWordIsTakenForOneThatIsThereWithoutAskingAllBooks() throws Exception {
    book("Wuthering Heights", "Emily Brontë", "en", "A text.");
    book("Northern Heights", "Emily Harrow", "en", "A text.");
    library.indexTexts();
    database.statements().reset();

    assertThat(titles("wuthring hights")).containsExactly("Wuthering Heights");
    assertThat(titles("emiyl harow heights")).containsExactly("Northern Heights");
    assertThat(database.statements().statements())
        .noneMatch(sql -> sql.contains("search_books_by_likeness"));
  }

  @Test
  void wholeWordsComeFirstAndNoWordNeedsToBeTypedToItsEnd() throws Exception {
    book("Winter Ships", "Ann Weir", "en", "A text.");
    book("Win Ships", "Ann Weir", "en", "A text.");
    book("Spring Ships", "Ann Weir", "en", "A text.");
    library.indexTexts();

    assertThat(titles("ships win")).containsExactly("Win Ships", "Winter Ships");
    assertThat(titles("wint shi")).containsExactly("Winter Ships");
    assertThat(titles("wi shi")).containsExactlyInAnyOrder("Win Ships", "Winter Ships");
    assertThat(titles("spr ships 17")).containsExactly("Spring Ships");
    assertThat(books("ships win").getHitsList())
        .extracting(SearchBooksResponse.Hit::getScore)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder())
        .allSatisfy(score -> assertThat(score).isBetween(0.0, 1.0));
  }

  @Test
  void aPlaceIsFoundInAllFormsOfItsWordsWithSnippetAndPosition() throws Exception {
    Book book = book("Moby-Dick", "Herman Melville", "en", WHALE);

    Hit hit = texts("books/-", "whale").getHits(0);

    assertThat(hit.getTitle()).isEqualTo("Moby-Dick");
    assertThat(hit.getRange().getChapter()).isEqualTo(book.getName() + "/chapters/2");
    assertThat(cut(text(hit), hit.getRange().getStart(), hit.getRange().getEnd()))
        .isEqualTo("whale");
    assertThat(hit.getOffset()).isEqualTo(6 + hit.getRange().getStart());
    assertThat(hit.getSnippet()).contains("white whale 😀").doesNotContain("\n");
    assertThat(matches(hit)).containsExactly("whale", "whales");
  }

  @Test
  void phrasesStandSideBySideAndExcludedWordsDoNotOccur() throws Exception {
    Book book = book("Moby-Dick", "Herman Melville", "en", WHALE);

    assertThat(texts(book.getName(), "\"white whale\"").getHitsList()).hasSize(1);
    assertThat(texts(book.getName(), "\"whale white\"").getHitsList()).isEmpty();
    assertThat(texts(book.getName(), "whale -ship").getHitsList()).isEmpty();
    assertThat(texts(book.getName(), "whale -shark").getHitsList()).hasSize(1);
  }

  @Test
  void eachBookIsSearchedInItsLanguage() throws Exception {
    book("Briefe", "N. N.", "de", "Die Häuser standen am Fluss.");
    book("Lettres", "N. N.", "fr", "Les maisons étaient au bord de la rivière.");

    assertThat(matches(texts("books/-", "haus").getHits(0))).containsExactly("Häuser");
    assertThat(matches(texts("books/-", "maison riviere").getHits(0)))
        .containsExactly("maisons", "rivière");
  }

  @Test
  void pagesFollowOneAnother() throws Exception {
    for (int i = 0; i < 3; i++) {
      book("Book " + i, "N. N.", "en", "A harpoon, number " + i);
    }
    SearchTextRequest.Builder request =
        SearchTextRequest.newBuilder().setParent("books/-").setQuery("harpoon").setPageSize(2);
    SearchTextResponse first = library.catalog(owner).searchText(request.build());
    SearchTextResponse second =
        library.catalog(owner).searchText(request.setPageToken(first.getNextPageToken()).build());

    assertThat(first.getHitsList()).hasSize(2).doesNotContainAnyElementsOf(second.getHitsList());
    assertThat(second.getHitsList()).hasSize(1);
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void nothingIsFoundOfDeletedBooksAndOfBooksOfOthers() throws Exception {
    Book book = book("Moby-Dick", "Herman Melville", "en", WHALE);
    UUID stranger = database.createAccount();

    assertThat(
            library
                .catalog(stranger)
                .searchText(
                    SearchTextRequest.newBuilder().setParent("books/-").setQuery("whale").build())
                .getHitsList())
        .isEmpty();
    assertThat(
            library
                .catalog(stranger)
                .searchBooks(SearchBooksRequest.newBuilder().setQuery("moby").build())
                .getHitsList())
        .isEmpty();
    library
        .catalog(owner)
        .deleteBook(DeleteBookRequest.newBuilder().setName(book.getName()).build());
    assertThat(texts("books/-", "whale").getHitsList()).isEmpty();
    assertThat(books("moby").getHitsList()).isEmpty();
  }

  @Test
  void aQueryIsNeverTakenForAnythingElse() throws Exception {
    book("It's a 'test' & more: (all) | of it!", "N. N.", "en", WHALE);

    for (String query :
        List.of("'", "it's", "a & b", "!!", "(", "\\", "a:*", "'; drop table book --")) {
      books(query);
      texts("books/-", query);
    }
    assertThat(titles("it's")).hasSize(1);
    assertThat(Refusal.of(() -> books(" ")).reason()).isEqualTo("INVALID_FIELD");
    assertThat(Refusal.of(() -> texts("books/-", "x".repeat(201))).reason())
        .isEqualTo("INVALID_FIELD");
  }

  @Test
  void aLongChapterIsCutAtParagraphs() {
    String text = ("word ".repeat(5000) + "\n\n").repeat(5);
    var source =
        new TextStore.Source(
            1,
            "en",
            new PieceStore.Piece(
                "", "", new dev.scriptorium.server.blob.Sha256("0".repeat(64)), 0, 1, ""));

    var stretches = TextIndex.stretches(source, text);

    assertThat(stretches).hasSizeGreaterThan(2).allMatch(each -> each.text().endsWith("\n\n"));
    assertThat(String.join("", stretches.stream().map(TextStore.Stretch::text).toList()))
        .isEqualTo(text);
    assertThat(stretches.getLast().end()).isEqualTo(text.length());
  }

  private SearchBooksResponse books(String query) {
    return library
        .catalog(owner)
        .searchBooks(SearchBooksRequest.newBuilder().setQuery(query).build());
  }

  private List<String> titles(String query) {
    return books(query).getHitsList().stream().map(hit -> hit.getBook().getTitle()).toList();
  }

  private SearchTextResponse texts(String parent, String query) {
    return library
        .catalog(owner)
        .searchText(SearchTextRequest.newBuilder().setParent(parent).setQuery(query).build());
  }

  private String text(Hit hit) {
    return library
        .catalog(owner)
        .getChapter(GetChapterRequest.newBuilder().setName(hit.getRange().getChapter()).build())
        .getText();
  }

  private static List<String> matches(Hit hit) {
    return hit.getMatchesList().stream()
        .map((Match match) -> cut(hit.getSnippet(), match.getStart(), match.getEnd()))
        .toList();
  }

  private static String cut(String text, int start, int end) {
    return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
  }

  /** A parsed book of two chapters, the second with the text, and indexed. */
  private Book book(String title, String author, String language, String text) throws Exception {
    Book book = library.upload(owner, title + author + language + text);
    UUID id = BookName.parse("name", book.getName()).id();
    var metadata = SampleResults.metadata().setTitle(title).clearLanguages().addLanguages(language);
    metadata.getContributorsBuilder(0).setName(author);
    library.apply(
        library.job(id, "parse"),
        new TestResult()
            .item(ResultItem.newBuilder().setMetadata(metadata))
            .chapter("One", "First.")
            .chapter("Two", text));
    library.indexTexts();
    return book;
  }
}
