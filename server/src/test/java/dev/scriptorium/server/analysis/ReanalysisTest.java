package dev.scriptorium.server.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.TestResult;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ReanalyzeBookRequest;
import dev.scriptorium.v1.ReanalyzeBookResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReanalysisTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private AnalyzedBook book;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    book = AnalyzedBook.in(library, owner);
    library.jobs.committed.clear();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void aBookIsAnalyzedAnewAndKeepsWhatWasFoundUntilThen() throws Exception {
    ReanalyzeBookResponse response = reanalyze(owner, book.name());

    assertThat(response.getStarted()).isTrue();
    assertThat(response.getJobs()).isEqualTo(2);
    List<Job> jobs = library.jobs.committed;
    assertThat(jobs).extracting(Job::kind).containsExactly("analyze", "summarize");
    assertThat(jobs.getLast().after()).containsExactly(jobs.getFirst().id());
    assertThat(state()).isEqualTo(Book.State.STATE_READABLE);
    assertThat(entities()).isEqualTo(3);

    library.apply(jobs.getFirst(), new TestResult());
    library.apply(jobs.getLast(), new TestResult());

    assertThat(state()).isEqualTo(Book.State.STATE_ANALYZED);
    assertThat(entities()).isZero();
  }

  @Test
  void whileOneIsUnderWayNoOtherIsStarted() {
    reanalyze(owner, book.name());

    ReanalyzeBookResponse again = reanalyze(owner, book.name());

    assertThat(again).isEqualTo(ReanalyzeBookResponse.getDefaultInstance());
    assertThat(library.jobs.committed).hasSize(2);
  }

  @Test
  void aBookThatIsNotParsedCannotBe() {
    String other = library.upload(owner, "another").getName();

    Refusal refusal = Refusal.of(() -> reanalyze(owner, other));

    assertThat(refusal.reason()).isEqualTo("BOOK_NOT_READABLE");
    assertThat(refusal.metadata()).containsEntry("book", other);
  }

  @Test
  void aRefusedJobLeavesTheBookAsItWas() {
    library.jobs.refusal = new IllegalStateException("full");

    assertThat(Refusal.of(() -> reanalyze(owner, book.name())).reason()).isEqualTo("INTERNAL");

    assertThat(state()).isEqualTo(Book.State.STATE_ANALYZED);
    assertThat(library.jobs.committed).isEmpty();
  }

  @Test
  void aStrangerStartsNothing() {
    UUID stranger = database.createAccount();

    Refusal refusal = Refusal.of(() -> reanalyze(stranger, book.name()));

    assertThat(refusal.reason()).isEqualTo("BOOK_NOT_FOUND");
    assertThat(library.jobs.committed).isEmpty();
    assertThat(state()).isEqualTo(Book.State.STATE_ANALYZED);
  }

  private ReanalyzeBookResponse reanalyze(UUID who, String name) {
    return library
        .analysis(who)
        .reanalyzeBook(ReanalyzeBookRequest.newBuilder().setName(name).build());
  }

  private Book.State state() {
    return library
        .catalog(owner)
        .getBook(GetBookRequest.newBuilder().setName(book.name()).build())
        .getState();
  }

  private int entities() {
    return library
        .analysis(owner)
        .listEntities(ListEntitiesRequest.newBuilder().setParent(book.name()).build())
        .getEntitiesCount();
  }
}
