package dev.scriptorium.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.scriptorium.fake.FakeServer;
import dev.scriptorium.fake.Faults;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.UpdateProgressRequest;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptoriumClientTest {
  private static final String ID = "0198c0de-0000-7000-8000-00000000abcd";
  private static final RetryPolicy QUICK =
      new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(10));

  private final FakeServer server = new FakeServer();
  private final ScriptoriumClient client = connect(FakeServer.KEY);

  private ScriptoriumClient connect(String key) {
    ServerAddress address = ServerAddress.parse(server.address());
    return ScriptoriumClient.connect(ClientOptions.of(address, key).withRetry(QUICK));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void aListIsFetchedPageByPage() {
    for (int i = 0; i < 7; i++) {
      server.library().add("0198c0de-0000-7000-8000-00000000000" + i, "Book " + i, "A");
    }
    server.catalog().pagesOf(3);

    assertThat(client.listBooks().map(Book::getTitle))
        .containsExactly("Book 6", "Book 5", "Book 4", "Book 3", "Book 2", "Book 1", "Book 0");
  }

  @Test
  void aReadingCallIsRepeatedWhileTheServerIsAway() {
    server.library().add(ID, "Dracula", "Bram Stoker");
    for (int i = 0; i < 3; i++) {
      server.faults().plan("GetBook", Status.UNAVAILABLE.asRuntimeException());
    }

    assertThat(client.getBook("books/" + ID).getTitle()).isEqualTo("Dracula");
  }

  @Test
  void repeatingEndsAfterTheLastAttempt() {
    server.library().add(ID, "Dracula", "Bram Stoker");
    for (int i = 0; i < 4; i++) {
      server.faults().plan("GetBook", Status.UNAVAILABLE.asRuntimeException());
    }

    assertThatThrownBy(() -> client.getBook("books/" + ID))
        .isInstanceOfSatisfying(
            ScriptoriumException.class, e -> assertThat(e.exitCode()).isEqualTo(3));
  }

  @Test
  void aPauseThatTheServerAsksForIsKept() {
    server.library().add(ID, "Dracula", "Bram Stoker");
    server
        .faults()
        .plan(
            "GetBook",
            Faults.retryLater(Code.RESOURCE_EXHAUSTED, "OVERLOADED", Duration.ofMillis(300)));

    long before = System.nanoTime();
    client.getBook("books/" + ID);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(290));
  }

  @Test
  void aCallThatChangesSomethingIsTriedOnce() {
    server.library().add(ID, "Dracula", "Bram Stoker");
    server.faults().plan("DeleteBook", Status.UNAVAILABLE.asRuntimeException());

    assertThatThrownBy(() -> client.deleteBook("books/" + ID))
        .isInstanceOf(ScriptoriumException.class);
    assertThat(server.library().find("books/" + ID)).isPresent();
  }

  @Test
  void anErrorCarriesItsReasonAndMetadata() {
    ScriptoriumException error =
        catchThrowableOfType(ScriptoriumException.class, () -> client.getBook("books/" + ID));

    assertThat(error.reason()).isEqualTo("BOOK_NOT_FOUND");
    assertThat(error).hasMessage("no book books/" + ID);
    assertThat(error.metadata()).containsEntry("book", "books/" + ID);
    assertThat(error.retryable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT,2",
    "UNAVAILABLE,3",
    "DEADLINE_EXCEEDED,3",
    "UNAUTHENTICATED,4",
    "NOT_FOUND,5",
    "PERMISSION_DENIED,6",
    "RESOURCE_EXHAUSTED,7",
    "ABORTED,1",
    "INTERNAL,70"
  })
  void everyStatusHasItsExitCode(Code code, int exitCode) {
    server.faults().plan("DeleteBook", Faults.error(code, "SOME_REASON", "m", Map.of()));

    ScriptoriumException error =
        catchThrowableOfType(ScriptoriumException.class, () -> client.deleteBook("books/" + ID));

    assertThat(error.exitCode()).isEqualTo(exitCode);
    assertThat(error.reason()).isEqualTo("SOME_REASON");
  }

  @Test
  void aWrongKeyIsRefused() {
    try (ScriptoriumClient stranger = connect("scr_reader_wrong")) {
      ScriptoriumException error =
          catchThrowableOfType(ScriptoriumException.class, stranger::systemInfo);

      assertThat(error.reason()).isEqualTo("API_KEY_INVALID");
      assertThat(error.exitCode()).isEqualTo(4);
    }
  }

  @Test
  void aServerThatDoesNotListenIsUnreachable() {
    server.close();

    ScriptoriumException error =
        catchThrowableOfType(ScriptoriumException.class, client::systemInfo);

    assertThat(error.reason()).isEqualTo(ScriptoriumException.SERVER_UNREACHABLE);
    assertThat(error).hasMessage("no answer from " + server.address() + ": connection refused");
  }

  @Test
  void aBrokenWatchIsTakenUpAgain() throws Exception {
    Book book = server.library().add(ID, "Dracula", "Bram Stoker");
    server.catalog().holdImports();
    List<String> activities = new ArrayList<>();
    List<String> breaks = new ArrayList<>();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(2);
    CompletableFuture<Void> watch =
        CompletableFuture.runAsync(
            () ->
                client.watchBook(
                    book.getName(),
                    update -> {
                      activities.add(update.getActivity());
                      first.countDown();
                      second.countDown();
                    },
                    broken -> breaks.add(broken.reason())));
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();

    server.restart();
    assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
    server.catalog().finish(server.catalog().watches().getLast(), book);

    watch.get(10, TimeUnit.SECONDS);
    assertThat(activities).containsExactly("inspect", "inspect", "");
    assertThat(breaks).isNotEmpty().containsOnly(ScriptoriumException.SERVER_UNREACHABLE);
  }

  @Test
  void aWatchOfABookThatIsGoneFails() {
    assertThatThrownBy(() -> client.watchBook("books/" + ID, update -> {}))
        .isInstanceOfSatisfying(
            ScriptoriumException.class, e -> assertThat(e.reason()).isEqualTo("BOOK_NOT_FOUND"));
  }

  @Test
  void closingEndsAWatch() throws Exception {
    Book book = server.library().add(ID, "Dracula", "Bram Stoker");
    server.catalog().holdImports();
    CountDownLatch first = new CountDownLatch(1);
    CompletableFuture<Void> watch =
        CompletableFuture.runAsync(
            () -> client.watchBook(book.getName(), update -> first.countDown()));
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();

    client.close();

    assertThat(watch)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(ScriptoriumException.class);
  }

  @Test
  void whatTheWatcherThrowsEndsTheWatchUnchanged() {
    Book book = server.library().add(ID, "Dracula", "Bram Stoker");

    assertThatThrownBy(
            () ->
                client.watchBook(
                    book.getName(),
                    update -> {
                      throw new IllegalStateException("enough");
                    }))
        .isExactlyInstanceOf(IllegalStateException.class);
  }

  @Test
  void progressIsSetOnTheRevisionThatWasSeen() {
    server.library().add(ID, "Dracula", "Bram Stoker");
    UpdateProgressRequest step =
        UpdateProgressRequest.newBuilder()
            .setName("books/" + ID + "/progress")
            .setOffset(1000)
            .setDevice("phone")
            .build();

    client.updateProgress(step);

    assertThat(client.getProgress("books/" + ID).getRevision()).isEqualTo(1);
  }

  @Test
  void aKeyIsNeverSentUnencryptedBeyondThisMachine() {
    ClientOptions remote = ClientOptions.of(ServerAddress.parse("books.example:7440"), "key");

    assertThat(remote.tls()).isTrue();
    assertThat(remote.toString()).doesNotContain("key");
  }
}
