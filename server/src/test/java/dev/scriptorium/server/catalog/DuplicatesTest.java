package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.Duplicate;
import dev.scriptorium.v1.DuplicatePair;
import dev.scriptorium.v1.GetDuplicatesRequest;
import dev.scriptorium.v1.ListDuplicatesRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Editions of one work, whatever their files are. */
class DuplicatesTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private int files;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  private static String text(int seed, int words) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(Integer.toString(1000 + random.nextInt(20_000), 36)).append(' ');
    }
    return text.toString().strip();
  }

  private String book(UUID who, String... chapters) throws Exception {
    String name = library.upload(who, "file " + ++files).getName();
    TestResult result = new TestResult();
    for (String chapter : chapters) {
      result.chapter("x", chapter);
    }
    library.apply(library.job(BookName.parse("name", name).id(), "parse"), result);
    library.indexTexts();
    return name;
  }

  @Test
  void anotherEditionIsFoundAndAnotherWorkIsNot() throws Exception {
    String text = text(1, 3000);
    String first = book(owner, text);
    String second =
        book(
            owner,
            "A preface of the second edition, in a few words.",
            text.substring(0, 9000).toUpperCase(java.util.Locale.ROOT),
            text.substring(9000).replace(" 2", ", 2"));
    book(owner, text(2, 3000));

    List<Duplicate> found = duplicates(owner, first);

    assertThat(found).extracting(each -> each.getBook().getName()).containsExactly(second);
    assertThat(found.getFirst().getLikeness()).isGreaterThan(0.8);
    assertThat(duplicates(owner, second))
        .extracting(each -> each.getBook().getName())
        .containsExactly(first);
  }

  @Test
  void theMoreAlikeComeFirst() throws Exception {
    String text = text(3, 4000);
    String whole = book(owner, text);
    String most = book(owner, text.substring(0, text.length() * 95 / 100));
    String much = book(owner, text.substring(0, text.length() * 75 / 100));

    assertThat(duplicates(owner, whole))
        .extracting(each -> each.getBook().getName())
        .containsExactly(most, much);
  }

  @Test
  void pairsAreListedPageByPageWithoutDeletedBooks() throws Exception {
    String text = text(4, 500);
    List<String> books = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      books.add(book(owner, text + " " + i));
    }
    var _ =
        library
            .catalog(owner)
            .deleteBook(DeleteBookRequest.newBuilder().setName(books.get(1)).build());

    List<DuplicatePair> pairs = new ArrayList<>();
    var request = ListDuplicatesRequest.newBuilder().setPageSize(2);
    do {
      var page = library.duplicates(owner).listDuplicates(request.build());
      pairs.addAll(page.getPairsList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());

    assertThat(pairs)
        .extracting(pair -> books.indexOf(pair.getBook()) + "" + books.indexOf(pair.getOther()))
        .containsExactly("02", "03", "23");
    assertThat(duplicates(owner, books.get(0))).hasSize(2);
  }

  @Test
  void booksOfOthersAndVeryShortTextsAreNotCompared() throws Exception {
    String text = text(5, 500);
    String mine = book(owner, text);
    UUID other = database.createAccount();
    book(other, text + " more");
    String little = book(owner, "a few words");
    book(owner, "a few words", "");

    assertThat(duplicates(owner, mine)).isEmpty();
    assertThat(duplicates(owner, little)).isEmpty();
    Refusal foreign = Refusal.of(() -> duplicates(other, mine));
    assertThat(foreign.reason()).isEqualTo("BOOK_NOT_FOUND");
  }

  private List<Duplicate> duplicates(UUID who, String name) {
    return library
        .duplicates(who)
        .getDuplicates(GetDuplicatesRequest.newBuilder().setName(name).build())
        .getDuplicatesList();
  }
}
