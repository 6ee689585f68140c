package dev.scriptorium.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateProgressRequest.ConflictPolicy;
import dev.scriptorium.v1.UpdateProgressResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random steps of three devices in two books, against a model that keeps the whole log. */
class ProgressModelTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  /**
   * A step as the model remembers it.
   *
   * @param revision 0 when it was not applied
   */
  private record Made(String device, long offset, Instant eventAt, long revision) {}

  /** The rules, said by looking through the whole log each time. */
  private static final class Model {
    final List<Made> log = new ArrayList<>();

    Made head() {
      return log.stream()
          .filter(made -> made.revision() > 0)
          .reduce((_, later) -> later)
          .orElse(new Made("", 0, Instant.MIN, 0));
    }

    String add(UpdateProgressRequest request, Instant eventAt) {
      Made head = head();
      String outcome = outcome(request, eventAt, head);
      long revision = outcome.equals("APPLIED") ? head.revision() + 1 : 0;
      log.add(new Made(request.getDevice(), request.getOffset(), eventAt, revision));
      return outcome;
    }

    private String outcome(UpdateProgressRequest request, Instant eventAt, Made head) {
      long base = request.getBaseRevision();
      String device = request.getDevice();
      boolean conflict =
          log.stream().anyMatch(m -> m.revision() > base && !m.device().equals(device));
      boolean late =
          log.stream().anyMatch(m -> m.device().equals(device) && m.eventAt().isAfter(eventAt));
      if (base == head.revision() || request.getPolicy().name().endsWith("FORCE")) {
        return "APPLIED";
      }
      if (!conflict) {
        return late ? "STALE" : "APPLIED";
      }
      return switch (request.getPolicy()) {
        case CONFLICT_POLICY_NEWEST -> eventAt.isAfter(head.eventAt()) ? "APPLIED" : "STALE";
        case CONFLICT_POLICY_FURTHEST -> request.getOffset() > head.offset() ? "APPLIED" : "STALE";
        default -> "CONFLICT";
      };
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theServerDoesWhatTheModelDoes(long seed) throws Exception {
    Library library = new Library(database.databases(), folder);
    Library other = new Library(database.databases(), folder);
    try {
      run(new Random(seed), library, other);
    } finally {
      library.stop();
      other.stop();
    }
  }

  /** Two servers, of which readers use one for a while and then the other. */
  private static void run(Random random, Library first, Library second) throws Exception {
    UUID owner = database.createAccount();
    List<Book> books = List.of(book(first, owner, "one"), book(first, owner, "two"));
    Library library = first;
    List<Model> models = List.of(new Model(), new Model());
    List<UpdateProgressRequest> sent = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      Duration passed = Duration.ofSeconds(random.nextInt(20));
      first.clock.advance(passed);
      second.clock.advance(passed);
      if (random.nextInt(8) == 0) {
        library = library == first ? second : first;
      }
      int which = random.nextInt(2);
      Model model = models.get(which);
      if (!sent.isEmpty() && random.nextInt(10) == 0) {
        UpdateProgressRequest repeated = sent.get(random.nextInt(sent.size()));
        assertThat(library.reading(owner).updateProgress(repeated).getOutcome().name())
            .isEqualTo("OUTCOME_DUPLICATE");
        continue;
      }
      UpdateProgressRequest request = random(random, books.get(which), model, library.clock);
      UpdateProgressResponse response = library.reading(owner).updateProgress(request);
      String expected = model.add(request, eventAt(request, library.clock));
      sent.add(request);

      assertThat(response.getOutcome().name()).as("step %d", i).isEqualTo("OUTCOME_" + expected);
      assertThat(response.getProgress().getRevision()).isEqualTo(model.head().revision());
      assertThat(response.getProgress().getPosition().getOffset()).isEqualTo(model.head().offset());
      assertThat(response.getProgress().getDevice()).isEqualTo(model.head().device());
    }
    for (int which = 0; which < 2; which++) {
      assertThat(log(books.get(which))).isEqualTo(models.get(which).log);
    }
  }

  @Test
  void neitherRoleMayChangeTheLog() {
    for (String sql :
        List.of("update progress_event set device = 'x'", "delete from progress_event")) {
      for (var role : List.of(database.api(), database.scheduler())) {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                () -> role.inTransaction(handle -> handle.execute(sql)))
            .hasMessageContaining("permission denied");
      }
    }
  }

  private static UpdateProgressRequest random(
      Random random, Book book, Model model, FakeClock clock) {
    long revision = model.head().revision();
    UpdateProgressRequest.Builder request =
        UpdateProgressRequest.newBuilder()
            .setName(book.getName() + "/progress")
            .setDevice("device " + Math.max(0, random.nextInt(6) - 3))
            .setOffset(random.nextInt(56))
            .setBaseRevision(Math.max(0, revision - random.nextInt(4)))
            .setPolicy(ConflictPolicy.forNumber(random.nextInt(5)))
            .setRequestId(new UUID(random.nextLong(), random.nextLong()).toString());
    if (random.nextInt(4) > 0) {
      request.setEventTime(WireTime.of(clock.instant().plusSeconds(random.nextInt(80) - 60)));
    }
    return request.build();
  }

  private static Instant eventAt(UpdateProgressRequest request, FakeClock clock) {
    Instant now = clock.instant();
    if (!request.hasEventTime()) {
      return now;
    }
    Instant claimed = Instant.ofEpochSecond(request.getEventTime().getSeconds());
    return claimed.isAfter(now) ? now : claimed;
  }

  private static Book book(Library library, UUID owner, String text) throws Exception {
    Book book = library.upload(owner, text);
    UUID id = BookName.parse("name", book.getName()).id();
    library.apply(library.job(id, "parse"), SampleResults.parsed());
    return book;
  }

  private static List<Made> log(Book book) {
    return database
        .scheduler()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select device, book_offset, event_at, revision from progress_event
                        where book_id = :book order by event_id
                        """)
                    .bind("book", BookName.parse("name", book.getName()).id())
                    .map(
                        (row, _) ->
                            new Made(
                                row.getString("device"),
                                row.getLong("book_offset"),
                                row.getTimestamp("event_at").toInstant(),
                                row.getLong("revision")))
                    .list());
  }
}
