package dev.scriptorium.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.NewJob;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.GetBookRequest;
import dev.scriptorium.v1.GetChapterRequest;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.PassageType;
import dev.scriptorium.worker.v1.BookMetadata;
import dev.scriptorium.worker.v1.EntityMention;
import dev.scriptorium.worker.v1.EntityResult;
import dev.scriptorium.worker.v1.PassageResult;
import dev.scriptorium.worker.v1.ResultItem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database, folder);
    owner = database.createAccount();
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void aBookGoesThroughAllThreeTiers() throws Exception {
    Book uploaded = library.upload(owner, "Once there was a mill.");
    UUID book = BookName.parse("name", uploaded.getName()).id();
    assertThat(uploaded.getState()).isEqualTo(Book.State.STATE_UPLOADED);
    assertThat(uploaded.getTitle()).isEqualTo("book.txt");

    library.clock.advance(Duration.ofMillis(700));
    library.apply(library.job(book, "inspect"), inspected());
    assertThat(get(uploaded).getTitle()).isEqualTo("The Mill");
    assertThat(get(uploaded).getState()).isEqualTo(Book.State.STATE_INSPECTED);
    assertThat(get(uploaded).getStages(0).getElapsedMillis()).isEqualTo(700);

    List<NewJob> next = library.apply(library.job(book, "parse"), parsed());
    List<Job> analysis = library.commit(next);
    assertThat(get(uploaded).getState()).isEqualTo(Book.State.STATE_READABLE);
    assertThat(get(uploaded).getChapterCount()).isEqualTo(2);
    assertThat(analysis).extracting(Job::kind).containsExactly("analyze", "summarize");

    library.apply(analysis.get(0), found());
    library.apply(analysis.get(1), summarized());
    Book analyzed = get(uploaded);
    assertThat(analyzed.getState()).isEqualTo(Book.State.STATE_ANALYZED);
    assertThat(analyzed.getDegraded()).isFalse();
    assertThat(chapterText(uploaded, 2)).isEqualTo("Anna saw the old mill 😀 by night.");
    assertThat(
            library
                .analysis(owner)
                .listPassages(
                    ListPassagesRequest.newBuilder().setParent(uploaded.getName()).build())
                .getPassagesList())
        .singleElement()
        .satisfies(passage -> assertThat(passage.getText()).isEqualTo("the old mill 😀"));
    assertThat(
            library
                .analysis(owner)
                .listEntities(
                    ListEntitiesRequest.newBuilder().setParent(uploaded.getName()).build())
                .getEntitiesList())
        .singleElement()
        .satisfies(entity -> assertThat(entity.getDisplayName()).isEqualTo("Anna"));
  }

  private Book get(Book book) {
    return library
        .catalog(owner)
        .getBook(GetBookRequest.newBuilder().setName(book.getName()).build());
  }

  private String chapterText(Book book, int ordinal) {
    return library
        .catalog(owner)
        .getChapter(
            GetChapterRequest.newBuilder().setName(book.getName() + "/chapters/" + ordinal).build())
        .getText();
  }

  private static TestResult inspected() {
    return new TestResult()
        .item(ResultItem.newBuilder().setMetadata(BookMetadata.newBuilder().setTitle("The Mill")));
  }

  private static TestResult parsed() {
    return inspected()
        .chapter("One", "Once there was a mill.")
        .chapter("Two", "Anna saw the old mill 😀 by night.");
  }

  private static ResultItem.Builder passage() {
    return ResultItem.newBuilder()
        .setPassage(
            PassageResult.newBuilder()
                .setType(PassageType.PASSAGE_TYPE_LOCATION)
                .setChapter(2)
                .setStart(9)
                .setEnd(23)
                .setText("the old mill 😀")
                .setPriority(80)
                .setConfidence(0.5));
  }

  private static TestResult found() {
    return new TestResult().item(passage());
  }

  private static TestResult summarized() {
    return found()
        .item(
            ResultItem.newBuilder()
                .setEntity(
                    EntityResult.newBuilder()
                        .setOrdinal(1)
                        .setType(EntityType.ENTITY_TYPE_CHARACTER)
                        .setDisplayName("Anna")
                        .addMentions(
                            EntityMention.newBuilder().setChapter(2).setStart(0).setEnd(4))));
  }
}
