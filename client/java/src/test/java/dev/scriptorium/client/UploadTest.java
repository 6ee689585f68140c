package dev.scriptorium.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.scriptorium.fake.FakeServer;
import dev.scriptorium.fake.FakeUpload;
import dev.scriptorium.fake.Faults;
import dev.scriptorium.v1.UploadBookResponse;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
  private static final int CHUNK = 256 * 1024;
  private static final RetryPolicy QUICK =
      new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(10));

  private final FakeServer server = new FakeServer();
  private final ClientOptions options =
      ClientOptions.of(ServerAddress.parse(server.address()), FakeServer.KEY).withRetry(QUICK);
  private final ScriptoriumClient client = ScriptoriumClient.connect(options);
  @TempDir private Path folder = Path.of("");

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private Path file(int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(1).nextBytes(content);
    return Files.write(folder.resolve("Größe.epub"), content);
  }

  @Test
  void aFileArrivesInPartsWithItsNameAndSize() throws IOException {
    Path file = file(2 * CHUNK + 100);

    UploadBookResponse response = client.upload(file);

    FakeUpload upload = server.catalog().uploads().getFirst();
    assertThat(upload.header().getFileName()).isEqualTo("Größe.epub");
    assertThat(upload.header().getSizeBytes()).isEqualTo(2 * CHUNK + 100);
    assertThat(upload.chunkSizes()).containsExactly(CHUNK, CHUNK, 100);
    assertThat(upload.content()).isEqualTo(Files.readAllBytes(file));
    assertThat(response.getDuplicate()).isFalse();
  }

  @Test
  void progressIsToldFromZeroToTheSize() throws IOException {
    List<Long> sent = new ArrayList<>();

    client.upload(file(CHUNK + 1), UUID.randomUUID(), (bytes, total) -> sent.add(bytes));

    assertThat(sent).containsExactly(0L, (long) CHUNK, (long) CHUNK + 1);
  }

  @Test
  void aSlowServerHoldsTheUploadBack() throws Exception {
    server.uploads().hold();
    AtomicLong sent = new AtomicLong();
    RetryPolicy impatience =
        new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
    ScriptoriumClient impatient =
        ScriptoriumClient.connect(
            options.withStallTimeout(Duration.ofSeconds(1)).withRetry(impatience));

    ScriptoriumException error =
        catchThrowableOfType(
            ScriptoriumException.class,
            () ->
                impatient.upload(
                    file(64 * CHUNK), UUID.randomUUID(), (bytes, total) -> sent.set(bytes)));
    impatient.close();

    // HTTP/2 windows and a few chunks, not the 16 MiB of the file.
    assertThat(sent.get()).isLessThan(10L * CHUNK);
    assertThat(error.exitCode()).isEqualTo(3);
    assertThat(server.uploads().brokenOff().await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aLargeFileGoesOnWhereItWasCut() throws IOException {
    Path file = file(20 * CHUNK + 7);
    server.uploads().cutAfter(8L * CHUNK);
    List<Long> sent = new ArrayList<>();

    UploadBookResponse response = client.upload(file, (bytes, total) -> sent.add(bytes));

    assertThat(server.uploads().offsets()).containsExactly(0L, 8L * CHUNK);
    assertThat(server.uploads().content()).isEqualTo(Files.readAllBytes(file));
    assertThat(response.getDuplicate()).isFalse();
    assertThat(sent.getLast()).isEqualTo(20L * CHUNK + 7);
  }

  @Test
  void aLargeFileOutlivesARestartOfTheServer() throws Exception {
    Path file = file(64 * CHUNK);
    server.uploads().hold();
    CompletableFuture<UploadBookResponse> ended = new CompletableFuture<>();
    Thread upload = Thread.ofVirtual().start(() -> ended.complete(client.upload(file)));
    while (server.uploads().offsets().isEmpty() && upload.isAlive()) {
      Thread.onSpinWait();
    }

    server.uploads().release();
    server.restart();

    assertThat(ended.get(20, TimeUnit.SECONDS).getDuplicate()).isFalse();
    assertThat(server.uploads().content()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aLargeFileGoesOnWhereAnEarlierProgramWasEnded() throws IOException {
    Path file = file(20 * CHUNK);
    server.uploads().cutAfter(4L * CHUNK);
    server
        .faults()
        .plan(
            "GetUpload",
            Faults.error(Code.INTERNAL, "INTERNAL", "as if the program were killed", Map.of()));
    assertThat(catchThrowableOfType(ScriptoriumException.class, () -> client.upload(file)))
        .isNotNull();

    UploadBookResponse response = client.upload(file);
    UploadBookResponse again = client.upload(file);

    assertThat(server.uploads().offsets()).containsExactly(0L, 4L * CHUNK);
    assertThat(server.uploads().content()).isEqualTo(Files.readAllBytes(file));
    assertThat(response.getDuplicate()).isFalse();
    assertThat(again.getDuplicate()).isTrue();
    assertThat(again.getBook()).isEqualTo(response.getBook());
  }

  @Test
  void aRepeatedUploadKeepsItsRequestId() throws IOException {
    server.faults().plan("UploadBook", Status.UNAVAILABLE.asRuntimeException());
    server
        .faults()
        .plan(
            "UploadBook end",
            Faults.retryLater(Code.RESOURCE_EXHAUSTED, "BACKLOG_FULL", Duration.ofMillis(5)));
    Path file = file(3 * CHUNK);

    client.upload(file);

    List<FakeUpload> uploads = server.catalog().uploads();
    assertThat(uploads).hasSize(3);
    assertThat(uploads.stream().map(upload -> upload.header().getRequestId()).distinct())
        .hasSize(1);
    assertThat(uploads.getLast().content()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aRefusalInTheMiddleEndsTheUpload() throws IOException {
    server
        .faults()
        .plan(
            "WriteUpload",
            Faults.error(
                Code.INVALID_ARGUMENT,
                "FILE_TOO_LARGE",
                "too large",
                Map.of("limit_bytes", "1000")));

    ScriptoriumException error =
        catchThrowableOfType(ScriptoriumException.class, () -> client.upload(file(64 * CHUNK)));

    assertThat(error.reason()).isEqualTo("FILE_TOO_LARGE");
    assertThat(error.metadata()).containsEntry("limit_bytes", "1000");
  }

  @Test
  void aMissingFileIsNotSent() {
    ScriptoriumException error =
        catchThrowableOfType(
            ScriptoriumException.class, () -> client.upload(folder.resolve("missing.epub")));

    assertThat(error.reason()).isEqualTo(ScriptoriumException.FILE_UNREADABLE);
    assertThat(server.catalog().uploads()).isEmpty();
  }

  @Test
  void anInterruptCancelsTheUpload() throws Exception {
    server.uploads().hold();
    Path file = file(64 * CHUNK);
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<ScriptoriumException> ended = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () ->
                    ended.complete(
                        catchThrowableOfType(
                            ScriptoriumException.class,
                            () ->
                                client.upload(
                                    file, UUID.randomUUID(), (sent, total) -> begun.countDown()))));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    thread.interrupt();

    ScriptoriumException error = ended.get(10, TimeUnit.SECONDS);
    assertThat(error.reason()).isEqualTo(ScriptoriumException.INTERRUPTED);
    assertThat(error.exitCode()).isEqualTo(130);
  }

  @Test
  void theSameBytesAreTheSameBook() throws IOException {
    Path file = file(1000);

    UploadBookResponse first = client.upload(file);
    UploadBookResponse second = client.upload(file);

    assertThat(second.getDuplicate()).isTrue();
    assertThat(second.getBook().getName()).isEqualTo(first.getBook().getName());
  }
}
