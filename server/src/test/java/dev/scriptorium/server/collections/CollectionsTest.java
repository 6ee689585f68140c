package dev.scriptorium.server.collections;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.AddBooksRequest;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.CreateCollectionRequest;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.DeleteCollectionRequest;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.GetCollectionRequest;
import dev.scriptorium.v1.ListCollectionBooksRequest;
import dev.scriptorium.v1.ListCollectionSharesRequest;
import dev.scriptorium.v1.ListCollectionsRequest;
import dev.scriptorium.v1.ListCollectionsRequest.Direction;
import dev.scriptorium.v1.PurgeBookRequest;
import dev.scriptorium.v1.RemoveBooksRequest;
import dev.scriptorium.v1.ShareCollectionRequest;
import dev.scriptorium.v1.UnshareCollectionRequest;
import dev.scriptorium.v1.UpdateBookRequest;
import dev.scriptorium.v1.UpdateCollectionRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CollectionsTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private UUID reader;
  private UUID stranger;
  private String collection;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    reader = database.createAccount();
    stranger = database.createAccount();
    collection = create("The sea").getName();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void booksStandInTheOrderInWhichTheyCame() {
    String one = book("one");
    String two = book("two");
    String three = book("three");

    add(three, one);
    Collection full = add(one, two);

    assertThat(full.getBookCount()).isEqualTo(3);
    assertThat(names(owner, list())).containsExactly(three, one, two);
    assertThat(names(owner, list().setOrderBy("place desc"))).containsExactly(two, one, three);
    assertThat(names(owner, list().setOrderBy("create_time"))).containsExactly(one, two, three);
    assertThat(names(owner, list().setFilter("title:t"))).containsExactly(three, two);
    assertThat(paged(1)).containsExactly(three, one, two);
    assertThat(Refusal.of(() -> names(owner, list().setFilter("title ="))).reason())
        .isEqualTo("FILTER_INVALID");
    assertThat(Refusal.of(() -> names(owner, list().setOrderBy("tag"))).reason())
        .isEqualTo("INVALID_FIELD");
  }

  @Test
  void removedAndPurgedBooksLeaveAndAreCounted() {
    String one = book("one");
    String two = book("two");
    String three = book("three");
    add(one, two, three);

    Collection left = remove(two);
    library.catalog(owner).deleteBook(DeleteBookRequest.newBuilder().setName(one).build());

    assertThat(left.getBookCount()).isEqualTo(2);
    assertThat(names(owner, list())).containsExactly(three);
    library.catalog(owner).purgeBook(PurgeBookRequest.newBuilder().setName(one).build());
    assertThat(get(owner).getBookCount()).isEqualTo(1);
    assertThat(get(owner).getEtag()).isNotEqualTo(left.getEtag());
  }

  @Test
  void allBooksComeOrNone() {
    String mine = book("mine");
    String foreign = library.upload(stranger, "foreign").getName();

    Refusal refusal = Refusal.of(() -> add(mine, foreign));

    assertThat(refusal.reason()).isEqualTo("BOOK_NOT_FOUND");
    assertThat(refusal.metadata()).containsEntry("book", foreign);
    assertThat(get(owner).getBookCount()).isZero();
  }

  @Test
  void anEditNamesItsFieldsAndMayAskForTheEtag() {
    Collection before = get(owner);
    var edit =
        UpdateCollectionRequest.newBuilder()
            .setCollection(
                Collection.newBuilder().setName(collection).setTitle("Ships").setDescription("x"))
            .setUpdateMask(FieldMask.newBuilder().addPaths("title"))
            .setEtag(before.getEtag())
            .build();

    Collection after = library.collections(owner).updateCollection(edit);

    assertThat(after.getTitle()).isEqualTo("Ships");
    assertThat(after.getDescription()).isEmpty();
    assertThat(Refusal.of(() -> library.collections(owner).updateCollection(edit)).reason())
        .isEqualTo("ETAG_MISMATCH");
    assertThat(Refusal.of(() -> create(" ")).metadata()).containsEntry("field", "collection.title");
  }

  @Test
  void aCollectionMadeTwiceUnderItsIdIsOneCollection() {
    String id = UUID.randomUUID().toString();
    var request =
        CreateCollectionRequest.newBuilder()
            .setCollection(Collection.newBuilder().setTitle("Twice"))
            .setCollectionId(id)
            .build();

    Collection first = library.collections(owner).createCollection(request);

    assertThat(library.collections(owner).createCollection(request)).isEqualTo(first);
    assertThat(Refusal.of(() -> library.collections(stranger).createCollection(request)).reason())
        .isEqualTo("REQUEST_ID_REUSED");
    assertThat(listed(owner, Direction.DIRECTION_OWN)).contains(first.getName(), collection);
  }

  @Test
  void aReaderSeesWhatIsInTheCollectionNow() throws Exception {
    String early = parsed("early");
    String late = parsed("late");
    String never = parsed("never");
    add(early);

    share();

    assertThat(listed(reader, Direction.DIRECTION_WITH_ME)).containsExactly(collection);
    assertThat(names(reader, list())).containsExactly(early);
    assertThat(chapter(reader, early)).isNotEmpty();
    add(late);
    assertThat(names(reader, list())).containsExactly(early, late);
    assertThat(chapter(reader, late)).isNotEmpty();
    remove(early);
    assertThat(names(reader, list())).containsExactly(late);
    assertThat(Refusal.of(() -> chapter(reader, early)).reason()).isEqualTo("BOOK_NOT_FOUND");
    for (String hidden : List.of(early, never)) {
      assertThat(Refusal.of(() -> read(reader, hidden)).reason()).isEqualTo("BOOK_NOT_FOUND");
    }
  }

  @Test
  void tagsOfTheOwnerAreNotShown() {
    String book = book("tagged");
    library
        .catalog(owner)
        .updateBook(
            UpdateBookRequest.newBuilder()
                .setBook(Book.newBuilder().setName(book).addTags("secret"))
                .build());
    add(book);
    share();

    assertThat(read(owner, book).getTagsList()).containsExactly("secret");
    assertThat(read(reader, book).getTagsList()).isEmpty();
    assertThat(names(reader, list().setFilter("tag = secret"))).isEmpty();
  }

  @Test
  void unsharingWorksAtOnce() throws Exception {
    String book = parsed("shared");
    add(book);
    share();
    // Cached for the reader now.
    read(reader, book);
    chapter(reader, book);

    library.collections(owner).unshareCollection(unshare("users/" + reader));

    assertThat(Refusal.of(() -> read(reader, book)).reason()).isEqualTo("BOOK_NOT_FOUND");
    assertThat(Refusal.of(() -> chapter(reader, book)).reason()).isEqualTo("BOOK_NOT_FOUND");
    assertThat(Refusal.of(() -> get(reader)).reason()).isEqualTo("COLLECTION_NOT_FOUND");
    assertThat(listed(reader, Direction.DIRECTION_WITH_ME)).isEmpty();
  }

  @Test
  void aDeletedCollectionIsReadByNobody() throws Exception {
    String book = parsed("shared");
    add(book);
    share();
    read(reader, book);

    library
        .collections(owner)
        .deleteCollection(DeleteCollectionRequest.newBuilder().setName(collection).build());

    assertThat(Refusal.of(() -> read(reader, book)).reason()).isEqualTo("BOOK_NOT_FOUND");
    assertThat(read(owner, book).getName()).isEqualTo(book);
  }

  @Test
  void aReaderMayGiveACollectionBackAndDoNothingElseWithIt() {
    add(book("shared"));
    share();

    assertThat(
            List.of(
                Refusal.of(() -> library.collections(reader).addBooks(adding(book("x")))).reason(),
                Refusal.of(() -> library.collections(reader).shareCollection(sharing(stranger)))
                    .reason(),
                Refusal.of(
                        () ->
                            library
                                .collections(reader)
                                .unshareCollection(unshare("users/" + stranger)))
                    .reason(),
                Refusal.of(
                        () ->
                            library
                                .collections(reader)
                                .listCollectionShares(
                                    ListCollectionSharesRequest.newBuilder()
                                        .setParent(collection)
                                        .build()))
                    .reason()))
        .containsOnly("COLLECTION_NOT_FOUND");
    library.collections(reader).unshareCollection(unshare("users/me"));
    assertThat(Refusal.of(() -> get(reader)).reason()).isEqualTo("COLLECTION_NOT_FOUND");
  }

  @Test
  void sharesAreListedAndSharedOnce() {
    share();
    share();
    var shares =
        library
            .collections(owner)
            .listCollectionShares(
                ListCollectionSharesRequest.newBuilder().setParent(collection).build());

    assertThat(shares.getSharesList()).hasSize(1);
    assertThat(shares.getShares(0).getReader()).isEqualTo("users/" + reader);
    assertThat(
            Refusal.of(() -> library.collections(owner).shareCollection(sharing(owner))).reason())
        .isEqualTo("INVALID_FIELD");
    assertThat(
            Refusal.of(() -> library.collections(owner).shareCollection(sharing(UUID.randomUUID())))
                .reason())
        .isEqualTo("USER_NOT_FOUND");
  }

  private Collection create(String title) {
    return library
        .collections(owner)
        .createCollection(
            CreateCollectionRequest.newBuilder()
                .setCollection(Collection.newBuilder().setTitle(title))
                .build());
  }

  private String book(String title) {
    String name = library.upload(owner, title + UUID.randomUUID()).getName();
    Book book = Book.newBuilder().setName(name).setTitle(title).build();
    library.catalog(owner).updateBook(UpdateBookRequest.newBuilder().setBook(book).build());
    return name;
  }

  private String parsed(String title) throws Exception {
    String name = book(title);
    UUID id = BookName.parse("name", name).id();
    library.apply(library.job(id, "inspect"), SampleResults.inspected());
    library.commit(library.apply(library.job(id, "parse"), SampleResults.parsed()));
    return name;
  }

  private AddBooksRequest adding(String... books) {
    return AddBooksRequest.newBuilder().setName(collection).addAllBooks(List.of(books)).build();
  }

  private Collection add(String... books) {
    return library.collections(owner).addBooks(adding(books));
  }

  private Collection remove(String book) {
    return library
        .collections(owner)
        .removeBooks(RemoveBooksRequest.newBuilder().setName(collection).addBooks(book).build());
  }

  private ShareCollectionRequest sharing(UUID who) {
    return ShareCollectionRequest.newBuilder()
        .setName(collection)
        .setReader("users/" + who)
        .build();
  }

  private void share() {
    assertThat(library.collections(owner).shareCollection(sharing(reader)).getReader())
        .isEqualTo("users/" + reader);
  }

  private UnshareCollectionRequest unshare(String who) {
    return UnshareCollectionRequest.newBuilder().setName(collection).setReader(who).build();
  }

  private Collection get(UUID who) {
    return library
        .collections(who)
        .getCollection(GetCollectionRequest.newBuilder().setName(collection).build());
  }

  private List<String> listed(UUID who, Direction direction) {
    return library
        .collections(who)
        .listCollections(ListCollectionsRequest.newBuilder().setDirection(direction).build())
        .getCollectionsList()
        .stream()
        .map(Collection::getName)
        .toList();
  }

  private ListCollectionBooksRequest.Builder list() {
    return ListCollectionBooksRequest.newBuilder().setParent(collection);
  }

  private List<String> names(UUID who, ListCollectionBooksRequest.Builder request) {
    return library.collections(who).listCollectionBooks(request.build()).getBooksList().stream()
        .map(Book::getName)
        .toList();
  }

  private List<String> paged(int size) {
    List<String> all = new ArrayList<>();
    var request = list().setPageSize(size);
    do {
      var page = library.collections(owner).listCollectionBooks(request.build());
      page.getBooksList().forEach(book -> all.add(book.getName()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty() && all.size() < 10);
    return all;
  }

  private Book read(UUID who, String book) {
    return library.catalog(who).getBook(GetBookRequest.newBuilder().setName(book).build());
  }

  private String chapter(UUID who, String book) {
    return library
        .catalog(who)
        .getChapter(GetChapterRequest.newBuilder().setName(book + "/chapters/1").build())
        .getText();
  }
}
