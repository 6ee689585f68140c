package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.UpdateProgressRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What row-level security alone keeps from strangers: the statements here filter by nothing, or by
 * another owner than the one whom the transaction names.
 */
class SecondWallTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final String OWNED_TABLES =
      """
      select c.relname
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'scriptorium'
         and c.relkind in ('r', 'p') and not c.relispartition
         and exists (select 1 from pg_attribute a
                      where a.attrelid = c.oid and a.attname = 'owner_id')
      """;

  @TempDir Path folder;
  private Library library;
  private UUID owner;
  private UUID reader;
  private UUID stranger;
  private UUID book;
  private UUID other;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    reader = database.createAccount();
    stranger = database.createAccount();
    book = read("mine");
    other = read("also mine");
    database
        .scheduler()
        .inTransaction(
            handle ->
                handle.execute(
                    "insert into share (book_id, owner_id, reader_id, created_at)"
                        + " values (?, ?, ?, now())",
                    book,
                    owner,
                    reader));
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void aStrangerSeesAndChangesNothingInAnyTable() {
    Set<String> filled = new TreeSet<>();
    for (String table : tables()) {
      if (count(owner, table) > 0) {
        filled.add(table);
      }
      assertThat(count(stranger, table)).as(table).isZero();
      assertThat(changed(stranger, table)).as(table).isZero();
    }
    assertThat(filled)
        .contains("book", "book_file", "chapter", "passage", "entity", "progress_head", "share");
  }

  @Test
  void theStatementsOfTheCatalogFindNothingForAStrangerWhoClaimsToBeTheOwner() {
    BookStore books = new BookStore();
    PieceStore pieces = new PieceStore();

    assertThat(
            List.of(
                seen(handle -> books.find(handle, owner, book).stream().count()),
                seen(handle -> new BookEditStore().lock(handle, owner, book).stream().count()),
                seen(handle -> books.exists(handle, owner, book) ? 1 : 0),
                seen(handle -> books.findFull(handle, owner, book).stream().count()),
                seen(handle -> books.named(handle, owner, List.of(book)).size()),
                seen(handle -> pieces.list(handle, owner, book, 0, 10).size()),
                seen(handle -> pieces.find(handle, owner, book, 1).stream().count()),
                seen(handle -> pieces.covers(handle, owner, book).size())))
        .containsOnly(0L);
  }

  @Test
  void aReaderSeesTheSharedBookAloneAndCannotChangeIt() {
    for (String table : tables()) {
      assertThat(changed(reader, table)).as(table).isZero();
    }
    assertThat(books(reader)).containsExactly(book);
    assertThat(count(reader, "chapter")).isPositive().isLessThan(count(owner, "chapter"));
    assertThat(count(reader, "progress_head")).isZero();
    assertThat(count(reader, "share")).isEqualTo(1);
  }

  @Test
  void aReaderReadsASharedBookAndDoesNotSeeTheOwnersPlace() {
    String name = new BookName(book).toString();
    GetChapterRequest chapter =
        GetChapterRequest.newBuilder().setName(name + "/chapters/1").build();

    assertThat(library.catalog(reader).getChapter(chapter).getText()).isNotEmpty();
    assertThat(place(reader)).isZero();
    assertThat(place(owner)).isEqualTo(3);
    assertThat(Refusal.of(() -> delete(reader, name)).reason()).isEqualTo("BOOK_NOT_FOUND");
    assertThat(Refusal.of(() -> place(stranger)).reason()).isEqualTo("BOOK_NOT_FOUND");
    assertThat(Refusal.of(() -> step(reader, new BookName(other).toString(), 1)).reason())
        .isEqualTo("BOOK_NOT_FOUND");
  }

  @Test
  void aReaderOfACollectionSeesWhatIsInItAndCannotChangeIt() {
    UUID other = database.createAccount();
    UUID collection = UUID.randomUUID();
    for (String sql :
        List.of(
            "insert into collection (collection_id, owner_id, title, created_at, updated_at)"
                + " values ('C', 'O', 'x', now(), now())",
            "insert into collection_book (collection_id, owner_id, book_id, place, added_at)"
                + " values ('C', 'O', 'B', 1, now())",
            "insert into collection_share (collection_id, owner_id, reader_id, created_at)"
                + " values ('C', 'O', 'R', now())")) {
      execute(
          sql.replace("'C'", "'" + collection + "'")
              .replace("'O'", "'" + owner + "'")
              .replace("'B'", "'" + book + "'")
              .replace("'R'", "'" + other + "'"));
    }

    for (String table : tables()) {
      assertThat(changed(other, table)).as(table).isZero();
    }
    assertThat(books(other)).containsExactly(book);
    assertThat(count(other, "chapter")).isPositive().isLessThan(count(owner, "chapter"));
    assertThat(count(other, "collection")).isEqualTo(1);
    assertThat(count(other, "progress_head")).isZero();
    assertThat(count(stranger, "collection_share")).isZero();

    execute("delete from collection_share where reader_id = '" + other + "'");

    assertThat(books(other)).isEmpty();
    assertThat(count(other, "collection")).isZero();
    assertThat(count(other, "collection_book")).isZero();
  }

  private static void execute(String sql) {
    database.scheduler().inTransaction(handle -> handle.execute(sql));
  }

  private Object delete(UUID who, String name) {
    return library
        .catalog(who)
        .deleteBook(dev.scriptorium.v1.DeleteBookRequest.newBuilder().setName(name).build());
  }

  private long place(UUID who) {
    return library
        .catalog(who)
        .getBook(
            dev.scriptorium.v1.GetBookRequest.newBuilder()
                .setName(new BookName(book).toString())
                .build())
        .getProgress()
        .getPosition()
        .getOffset();
  }

  private UUID read(String text) throws Exception {
    UUID id = BookName.parse("name", library.upload(owner, text).getName()).id();
    library.apply(library.job(id, "inspect"), SampleResults.inspected());
    List<Job> analysis =
        library.commit(library.apply(library.job(id, "parse"), SampleResults.parsed()));
    library.apply(analysis.get(0), SampleResults.analyzed());
    library.apply(analysis.get(1), SampleResults.summarized());
    step(owner, new BookName(id).toString(), 3);
    return id;
  }

  private Object step(UUID who, String name, long offset) {
    return library
        .reading(who)
        .updateProgress(
            UpdateProgressRequest.newBuilder()
                .setName(name + "/progress")
                .setOffset(offset)
                .setDevice("phone")
                .build());
  }

  private interface Read {
    long from(Handle handle);
  }

  /** How much the stranger's transaction finds. */
  private long seen(Read read) {
    return database.api().inTransaction(stranger, read::from);
  }

  private static List<String> tables() {
    return database
        .scheduler()
        .inTransaction(handle -> handle.createQuery(OWNED_TABLES).mapTo(String.class).list());
  }

  private static int count(UUID who, String table) {
    return database
        .api()
        .inTransaction(
            who,
            handle ->
                handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
  }

  private static List<UUID> books(UUID who) {
    return database
        .api()
        .inTransaction(
            who, handle -> handle.createQuery("select book_id from book").mapTo(UUID.class).list());
  }

  // What may not be updated at all is not updated either.
  private static int changed(UUID who, String table) {
    boolean may =
        database
            .api()
            .inTransaction(
                handle ->
                    handle
                        .createQuery("select has_table_privilege(:table, 'update')")
                        .bind("table", table)
                        .mapTo(Boolean.class)
                        .one());
    return may
        ? database
            .api()
            .inTransaction(
                who, handle -> handle.execute("update " + table + " set owner_id = owner_id"))
        : 0;
  }
}
