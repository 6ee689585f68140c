package dev.scriptorium.server.catalog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.catalog.format.TestZip;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.DeleteBookRequest;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.Stage;
import dev.scriptorium.v1.UploadBookRequest;
import dev.scriptorium.v1.UploadBookResponse;
import dev.scriptorium.v1.UploadHeader;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UploadTest {
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
  void anUploadCommitsBookFileAndTwoJobs() throws Exception {
    byte[] epub = TestZip.epub();

    UploadBookResponse response = uploader().send(header("Mill.epub").build(), epub);

    Book book = response.getBook();
    assertThat(response.getDuplicate()).isFalse();
    assertThat(book.getMediaType()).isEqualTo("application/epub+zip");
    assertThat(book.getTitle()).isEqualTo("Mill.epub");
    assertThat(book.getSizeBytes()).isEqualTo(epub.length);
    assertThat(book.getSha256()).isEqualTo(sha256(epub));
    assertThat(book.getState()).isEqualTo(Book.State.STATE_UPLOADED);
    assertThat(book.getStagesList())
        .extracting(Stage::getState)
        .containsOnly(Stage.State.STATE_WAITING)
        .hasSize(3);
    assertThat(library.jobs.committed).extracting(Job::kind).containsExactly("inspect", "parse");
    assertThat(library.jobs.committed).extracting(Job::tier).containsExactly(1, 2);
    assertThat(library.jobs.committed.get(1).after())
        .containsExactly(library.jobs.committed.get(0).id());
    assertThat(library.blobs.open(new Sha256(sha256(epub))).readAllBytes()).isEqualTo(epub);
  }

  static Stream<Arguments> refusals() {
    byte[] text = "some text".getBytes(UTF_8);
    byte[] png = "\u0089PNG\r\n\u001a\nxxxx".getBytes(ISO_8859_1);
    return Stream.of(
        Arguments.of(header("a.txt"), new byte[0], "FILE_EMPTY", Map.of("file", "a.txt")),
        Arguments.of(
            header("a.txt"),
            new byte[(int) Library.MAX_BYTES + 1],
            "FILE_TOO_LARGE",
            Map.of("file", "a.txt", "limit_bytes", "8388608")),
        Arguments.of(
            header("book.epub"),
            png,
            "FORMAT_UNSUPPORTED",
            Map.of("file", "book.epub", "detected", "image/png")),
        Arguments.of(
            header("a.txt").setSizeBytes(10), text, "UPLOAD_CORRUPT", Map.of("file", "a.txt")),
        Arguments.of(
            header("a.txt").setSha256("0".repeat(64)),
            text,
            "UPLOAD_CORRUPT",
            Map.of("file", "a.txt")),
        Arguments.of(
            header("a.txt").setSha256("xyz"),
            text,
            "INVALID_FIELD",
            Map.of("field", "header.sha256")),
        Arguments.of(
            header("a.txt").setSizeBytes(-1),
            text,
            "INVALID_FIELD",
            Map.of("field", "header.size_bytes")),
        Arguments.of(
            header("a.txt").setRequestId("17"),
            text,
            "INVALID_FIELD",
            Map.of("field", "header.request_id")),
        Arguments.of(header(" "), text, "INVALID_FIELD", Map.of("field", "header.file_name")),
        Arguments.of(header("a\nb"), text, "INVALID_FIELD", Map.of("field", "header.file_name")),
        Arguments.of(
            header("x".repeat(256)), text, "INVALID_FIELD", Map.of("field", "header.file_name")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusedUploadNamesTheReasonAndLeavesNothing(
      UploadHeader.Builder header, byte[] bytes, String reason, Map<String, String> metadata)
      throws IOException {
    Refusal refusal = Refusal.of(() -> uploader().send(header.build(), bytes));

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.metadata()).containsAllEntriesOf(metadata);
    assertNothingLeft();
  }

  @Test
  void aDeclaredSizeAboveTheLimitIsRefusedBeforeAByteIsSent() throws IOException {
    CompletableFuture<UploadBookResponse> answer = new CompletableFuture<>();
    StreamObserver<UploadBookRequest> call = uploader().begin(answer);

    call.onNext(message(header("huge.epub").setSizeBytes(2L << 30)));

    Refusal refusal = Refusal.of(() -> Uploader.await(answer));
    assertThat(refusal.reason()).isEqualTo("FILE_TOO_LARGE");
    assertNothingLeft();
  }

  @Test
  void bytesBeforeTheHeaderASecondHeaderAndNoMessageAreRefused() throws IOException {
    UploadBookRequest header = message(header("a.txt"));
    UploadBookRequest chunk = UploadBookRequest.newBuilder().setChunk(utf8("x")).build();
    UploadBookRequest empty = UploadBookRequest.newBuilder().setChunk(ByteString.EMPTY).build();

    for (List<UploadBookRequest> messages :
        List.of(
            List.of(chunk),
            List.of(header, chunk, header),
            List.of(header, empty),
            List.of(header, UploadBookRequest.getDefaultInstance()),
            List.<UploadBookRequest>of())) {
      CompletableFuture<UploadBookResponse> answer = new CompletableFuture<>();
      StreamObserver<UploadBookRequest> call = uploader().begin(answer);
      messages.forEach(call::onNext);
      call.onCompleted();
      assertThat(Refusal.of(() -> Uploader.await(answer)).reason()).isEqualTo("INVALID_FIELD");
    }
    assertNothingLeft();
  }

  @Test
  void aCancelledUploadLeavesNothing() throws Exception {
    Context.CancellableContext context = Context.current().withCancellation();
    CompletableFuture<UploadBookResponse> answer = new CompletableFuture<>();
    StreamObserver<UploadBookRequest> call = context.call(() -> uploader().begin(answer));
    call.onNext(message(header("a.txt")));
    call.onNext(UploadBookRequest.newBuilder().setChunk(utf8("half a book")).build());
    await(() -> files().size() == 1);

    context.cancel(null);

    await(() -> files().isEmpty());
    assertNothingLeft();
  }

  @Test
  void theSameBytesOfOneOwnerAreOneBook() {
    UploadBookResponse first = uploader().text("a.txt", "the same");
    UploadBookResponse again = uploader().text("b.txt", "the same");
    UploadBookResponse other =
        new Uploader(library.asyncCatalog(database.createAccount())).text("a.txt", "the same");

    assertThat(again.getDuplicate()).isTrue();
    assertThat(again.getBook()).isEqualTo(first.getBook());
    assertThat(other.getDuplicate()).isFalse();
    assertThat(other.getBook().getName()).isNotEqualTo(first.getBook().getName());
    assertThat(library.jobs.committed).hasSize(4);
  }

  @Test
  void theSameBytesUploadedTenTimesAtOnceAreOneBook() throws Exception {
    byte[] bytes = "some words ".repeat(100_000).getBytes(UTF_8);
    List<Future<UploadBookResponse>> calls = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        calls.add(threads.submit(() -> uploader().send(header("a.txt").build(), bytes)));
      }
    }

    List<UploadBookResponse> answers = new ArrayList<>();
    for (Future<UploadBookResponse> call : calls) {
      answers.add(call.get());
    }
    assertThat(answers)
        .extracting(a -> a.getBook().getName())
        .containsOnly(answers.getFirst().getBook().getName());
    assertThat(answers).filteredOn(a -> !a.getDuplicate()).hasSize(1);
    assertThat(library.jobs.committed).hasSize(2);
  }

  @Test
  void aRepeatedRequestIdGivesTheFirstAnswer() {
    UploadHeader header = header("a.txt").setRequestId(UUID.randomUUID().toString()).build();

    UploadBookResponse first = uploader().send(header, "one".getBytes(UTF_8));
    UploadBookResponse again = uploader().send(header, "one".getBytes(UTF_8));

    assertThat(again).isEqualTo(first);
    assertThat(again.getDuplicate()).isFalse();
    assertThat(library.jobs.committed).hasSize(2);
  }

  @Test
  void aRequestIdUsedForOtherContentIsRefused() {
    UploadHeader header = header("a.txt").setRequestId(UUID.randomUUID().toString()).build();
    uploader().send(header, "one".getBytes(UTF_8));

    Refusal refusal = Refusal.of(() -> uploader().send(header, "two".getBytes(UTF_8)));

    assertThat(refusal.reason()).isEqualTo("REQUEST_ID_REUSED");
    assertThat(library.jobs.committed).hasSize(2);
    assertThat(books()).hasSize(1);
  }

  @Test
  void aRefusedJobLeavesNoBook() {
    library.jobs.refusal =
        new ApiException(ErrorReason.ERROR_REASON_BACKLOG_FULL, "full", Map.of("limit", "1"));

    Refusal refusal = Refusal.of(() -> uploader().text("a.txt", "x"));

    assertThat(refusal.reason()).isEqualTo("BACKLOG_FULL");
    assertThat(books()).isEmpty();
  }

  @Test
  void theBytesOfADeletedBookMakeANewOne() {
    Book first = uploader().text("a.txt", "again").getBook();
    library
        .catalog(owner)
        .deleteBook(DeleteBookRequest.newBuilder().setName(first.getName()).build());

    UploadBookResponse second = uploader().text("a.txt", "again");

    assertThat(second.getDuplicate()).isFalse();
    assertThat(second.getBook().getName()).isGreaterThan(first.getName());
    assertThat(library.jobs.cancelled).containsExactly(BookName.parse("", first.getName()).id());
  }

  private Uploader uploader() {
    return new Uploader(library.asyncCatalog(owner));
  }

  private List<Book> books() {
    return library.catalog(owner).listBooks(ListBooksRequest.getDefaultInstance()).getBooksList();
  }

  private void assertNothingLeft() throws IOException {
    assertThat(files()).isEmpty();
    assertThat(books()).isEmpty();
    assertThat(library.jobs.committed).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    for (int i = 0; i < 1000 && !condition.holds(); i++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(condition.holds()).isTrue();
  }

  private static UploadHeader.Builder header(String name) {
    return UploadHeader.newBuilder().setFileName(name);
  }

  private static UploadBookRequest message(UploadHeader.Builder header) {
    return UploadBookRequest.newBuilder().setHeader(header).build();
  }

  private static ByteString utf8(String text) {
    return ByteString.copyFrom(text, UTF_8);
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }
}
