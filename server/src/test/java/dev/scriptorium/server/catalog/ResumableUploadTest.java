package dev.scriptorium.server.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.Await;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.v1.FinishUploadResponse;
import dev.scriptorium.v1.ListBooksRequest;
import dev.scriptorium.v1.ListUploadsRequest;
import dev.scriptorium.v1.Upload;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that go on after a cut. */
class ResumableUploadTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String NONE = "uploads/00000000-0000-7000-8000-000000000000";
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private UploadRig rig;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    rig = UploadRig.of(library, owner);
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void aFileThatComesInChunksBecomesABook() {
    byte[] file = UploadRig.text(1, 3000);
    Upload upload = rig.start(file);
    assertThat(upload.getCommittedOffset()).isZero();

    rig.chunk(upload.getName(), 0, Arrays.copyOf(file, 1000));
    Upload written = rig.chunk(upload.getName(), 1000, Arrays.copyOfRange(file, 1000, 3000));
    FinishUploadResponse finished = rig.finish(upload.getName());

    assertThat(written.getCommittedOffset()).isEqualTo(3000);
    assertThat(finished.getDuplicate()).isFalse();
    assertThat(finished.getBook().getSha256()).isEqualTo(Sha256.of(file).hex());
    assertThat(finished.getBook().getFileName()).isEqualTo("ebb.txt");
    assertThat(library.jobs.committed).hasSize(2);
    assertThat(rig.finish(upload.getName())).isEqualTo(finished);
    assertThat(rig.get(upload.getName()).getBook()).isEqualTo(finished.getBook().getName());
    assertThat(library.jobs.committed).hasSize(2);
    assertThat(partials()).isEmpty();
  }

  @Test
  void whatHasArrivedBeforeACutIsKeptAndTheRestFollows() throws Exception {
    byte[] file = UploadRig.text(2, 7_000_000);
    String name = rig.start(file).getName();

    UploadRig.Stream stream = rig.stream(name, 0).send(file, 0, 5_000_000);
    awaitBytes(5_000_000);
    assertThat(rig.get(name).getCommittedOffset()).isBetween(4L << 20, 4_999_999L);
    stream.cut();
    Await.until("commit", LIMIT, () -> rig.get(name).getCommittedOffset() == 5_000_000);
    Upload rest = rig.stream(name, 5_000_000).send(file, 5_000_000, file.length).end();

    assertThat(rest.getCommittedOffset()).isEqualTo(file.length);
    assertThat(rig.finish(name).getBook().getSha256()).isEqualTo(Sha256.of(file).hex());
  }

  @Test
  void bytesBehindTheCommittedOffsetCountForNothing() throws Exception {
    byte[] file = UploadRig.text(3, 2000);
    String name = rig.start(file).getName();
    rig.chunk(name, 0, Arrays.copyOf(file, 500));
    // As a server leaves it that was killed between writing and promising.
    Files.write(
        partials().getFirst(),
        "never promised".getBytes(UTF_8),
        java.nio.file.StandardOpenOption.APPEND);

    rig.chunk(name, 500, Arrays.copyOfRange(file, 500, 2000));

    assertThat(rig.finish(name).getBook().getSha256()).isEqualTo(Sha256.of(file).hex());
  }

  @Test
  void aWrongOffsetIsAnsweredWithTheRightOne() {
    byte[] file = UploadRig.text(4, 100);
    String name = rig.start(file).getName();
    rig.chunk(name, 0, Arrays.copyOf(file, 60));

    for (long wrong : new long[] {0, 59, 61, -1, Long.MAX_VALUE}) {
      Refusal refusal = Refusal.of(() -> rig.chunk(name, wrong, "x"));
      assertThat(refusal.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(refusal.reason()).isEqualTo("UPLOAD_OFFSET_MISMATCH");
      assertThat(refusal.metadata()).containsEntry("committed_offset", "60");
      assertThat(Refusal.of(() -> rig.stream(name, wrong).answer())).isEqualTo(refusal);
    }
    assertThat(rig.get(name).getCommittedOffset()).isEqualTo(60);
  }

  @Test
  void moreBytesThanAnnouncedAreRefusedAndFewerAreNoFile() {
    byte[] file = UploadRig.text(5, 100);
    String name = rig.start(file).getName();

    Refusal more = Refusal.of(() -> rig.chunk(name, 0, new byte[101]));
    Refusal none = Refusal.of(() -> rig.chunk(name, 0, new byte[0]));
    rig.chunk(name, 0, new byte[99]);
    Refusal fewer = Refusal.of(() -> rig.finish(name));

    assertThat(more.reason()).isEqualTo("INVALID_FIELD");
    assertThat(none.reason()).isEqualTo("INVALID_FIELD");
    assertThat(fewer.reason()).isEqualTo("UPLOAD_INCOMPLETE");
    assertThat(fewer.metadata())
        .containsEntry("committed_offset", "99")
        .containsEntry("size_bytes", "100");
  }

  @Test
  void bytesThatAreNotThoseAnnouncedAreToBeSentAgain() {
    byte[] file = UploadRig.text(6, 100);
    String name =
        rig.calls()
            .startUpload(UploadRig.header(file).setSha256(Sha256.of(file).hex()).build())
            .getName();
    rig.chunk(name, 0, UploadRig.text(7, 100));

    Refusal refusal = Refusal.of(() -> rig.finish(name));
    assertThat(refusal.reason()).isEqualTo("UPLOAD_CORRUPT");
    assertThat(rig.get(name).getCommittedOffset()).isZero();

    rig.chunk(name, 0, file);
    assertThat(rig.finish(name).getBook().getSha256()).isEqualTo(Sha256.of(file).hex());
  }

  @Test
  void aRequestIdGoesOnWithTheUploadThatItBegan() {
    byte[] file = UploadRig.text(8, 100);
    var header = UploadRig.header(file).setRequestId(UUID.randomUUID().toString());
    String name = rig.calls().startUpload(header.build()).getName();
    rig.chunk(name, 0, Arrays.copyOf(file, 40));

    Upload again = rig.calls().startUpload(header.build());
    Refusal other = Refusal.of(() -> rig.calls().startUpload(header.setSizeBytes(99).build()));

    assertThat(again.getName()).isEqualTo(name);
    assertThat(again.getCommittedOffset()).isEqualTo(40);
    assertThat(other.reason()).isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void aLaterStreamEndsAnEarlierOneWithWhatItHas() throws Exception {
    byte[] file = UploadRig.text(9, 600_000);
    String name = rig.start(file).getName();
    UploadRig.Stream hanging = rig.stream(name, 0).send(file, 0, 262_144);
    awaitBytes(262_144);

    Refusal behind = Refusal.of(() -> rig.stream(name, 0).answer());
    Upload whole = rig.stream(name, 262_144).send(file, 262_144, file.length).end();
    hanging.send(file, 0, 1000);

    assertThat(behind.metadata()).containsEntry("committed_offset", "262144");
    assertThat(whole.getCommittedOffset()).isEqualTo(file.length);
    assertThat(Refusal.of(hanging::end).reason()).isEqualTo("UPLOAD_BUSY");
    assertThat(rig.finish(name).getBook().getSha256()).isEqualTo(Sha256.of(file).hex());
  }

  @Test
  void theSameBytesAreOneBookHoweverTheyCome() {
    byte[] file = UploadRig.text(10, 300);
    String book = library.upload(owner, new String(file, UTF_8)).getName();
    String name = rig.start(file).getName();
    rig.chunk(name, 0, file);

    FinishUploadResponse finished = rig.finish(name);

    assertThat(finished.getDuplicate()).isTrue();
    assertThat(finished.getBook().getName()).isEqualTo(book);
  }

  @Test
  void anUnsupportedFormatIsRefused() {
    byte[] file = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13};
    String name = rig.start(file).getName();
    rig.chunk(name, 0, file);

    assertThat(Refusal.of(() -> rig.finish(name)).reason()).isEqualTo("FORMAT_UNSUPPORTED");
    assertThat(books()).isZero();
  }

  @Test
  void anUploadIsItsOwnersAlone() {
    byte[] file = UploadRig.text(11, 100);
    String name = rig.start(file).getName();
    UploadRig.Stream mine = rig.stream(name, 0).send(file, 0, 50);
    UploadRig stranger = UploadRig.of(library, database.createAccount());

    List<Refusal> foreign = refusals(stranger, name);
    List<Refusal> none = refusals(stranger, NONE);

    assertThat(foreign).extracting(Refusal::reason).containsOnly("UPLOAD_NOT_FOUND");
    for (int i = 0; i < foreign.size(); i++) {
      assertThat(foreign.get(i).message()).isEqualTo(none.get(i).message().replace(NONE, name));
    }
    assertThat(list(stranger)).isEmpty();
    assertThat(mine.send(file, 50, 100).end().getCommittedOffset()).isEqualTo(100);
  }

  private static List<Refusal> refusals(UploadRig stranger, String name) {
    return List.of(
        Refusal.of(() -> stranger.get(name)),
        Refusal.of(() -> stranger.chunk(name, 0, "x")),
        Refusal.of(() -> stranger.stream(name, 0).answer()),
        Refusal.of(() -> stranger.finish(name)),
        Refusal.of(() -> stranger.cancel(name)));
  }

  @Test
  void aCancelledUploadIsGone() throws IOException {
    byte[] file = UploadRig.text(12, 100);
    String name = rig.start(file).getName();
    rig.chunk(name, 0, Arrays.copyOf(file, 10));

    rig.cancel(name);

    assertThat(Refusal.of(() -> rig.get(name)).reason()).isEqualTo("UPLOAD_NOT_FOUND");
    assertThat(partials()).isEmpty();
  }

  @Test
  void unfinishedUploadsAreFewAndCountAgainstTheQuota() {
    byte[] file = UploadRig.text(13, 1000);
    quota("max_bytes = 2500");
    rig.start(file);
    String second = rig.start(file).getName();

    Refusal third = Refusal.of(() -> rig.start(file));
    Refusal whole = Refusal.of(() -> library.upload(owner, "x".repeat(501)));
    assertThat(third.reason()).isEqualTo("QUOTA_EXCEEDED");
    assertThat(third.metadata()).containsEntry("used", "2000");
    assertThat(whole.reason()).isEqualTo("QUOTA_EXCEEDED");

    rig.chunk(second, 0, file);
    assertThat(rig.finish(second).getBook().getName()).isNotEmpty();

    quota("max_bytes = null");
    IntStream.range(1, 32).forEach(_ -> rig.start(file));
    Refusal many = Refusal.of(() -> rig.start(file));
    assertThat(many.reason()).isEqualTo("UPLOAD_LIMIT");
    assertThat(many.metadata()).containsEntry("limit", "32");
    assertThat(list(rig)).hasSize(32);
  }

  @Test
  void anUploadIsForgottenADayAfterItWasLastWrittenTo() throws IOException {
    byte[] file = UploadRig.text(14, 100);
    String idle = rig.start(file).getName();
    String going = rig.start(file).getName();
    library.clock.advance(Duration.ofHours(23));
    rig.chunk(going, 0, Arrays.copyOf(file, 10));
    Path unnamed =
        Files.createFile(folder.resolve("partial").resolve(UUID.randomUUID().toString()));
    Files.setLastModifiedTime(
        unnamed, java.nio.file.attribute.FileTime.from(library.clock.instant().minusSeconds(7200)));
    library.clock.advance(Duration.ofHours(2));

    assertThat(library.uploadSweep().run()).isPositive();

    assertThat(Refusal.of(() -> rig.get(idle)).reason()).isEqualTo("UPLOAD_NOT_FOUND");
    assertThat(rig.get(going).getCommittedOffset()).isEqualTo(10);
    assertThat(unnamed).doesNotExist();
    assertThat(partials()).hasSize(1);
  }

  @Test
  void anotherServerGoesOnWhereBlobsAreSharedAndSaysSoWhereNot() throws Exception {
    byte[] file = UploadRig.text(15, 100);
    String name = rig.start(file).getName();
    rig.chunk(name, 0, Arrays.copyOf(file, 40));
    Library sharing = new Library(database.databases(), folder);
    Library apart =
        new Library(database.databases(), Files.createTempDirectory(folder, "elsewhere"));
    try {
      UploadRig far = UploadRig.of(apart, owner);
      assertThat(far.get(name).getCommittedOffset()).isEqualTo(40);
      Refusal refusal = Refusal.of(() -> far.chunk(name, 40, "x"));
      assertThat(refusal.reason()).isEqualTo("UPLOAD_ELSEWHERE");
      assertThat(refusal.metadata()).containsEntry("server", "here");

      UploadRig near = UploadRig.of(sharing, owner);
      UploadRig.Stream here = rig.stream(name, 40).send(file, 40, 50);
      awaitBytes(50);
      assertThat(Refusal.of(() -> near.chunk(name, 40, "x")).reason()).isEqualTo("UPLOAD_BUSY");
      here.cut();
      byte[] rest = Arrays.copyOfRange(file, 50, 100);
      Await.until("the end of the other call", LIMIT, () -> taken(near, name, 50, rest));
      assertThat(Refusal.of(() -> far.finish(name)).reason()).isEqualTo("UPLOAD_ELSEWHERE");
      assertThat(near.finish(name).getBook().getSha256()).isEqualTo(Sha256.of(file).hex());
    } finally {
      sharing.stop();
      apart.stop();
    }
  }

  // A call that was cut gives the file back a moment later.
  private static boolean taken(UploadRig rig, String name, long offset, byte[] bytes) {
    try {
      return rig.chunk(name, offset, bytes).getCommittedOffset() == offset + bytes.length;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  private void awaitBytes(long size) throws Exception {
    Await.until("bytes", LIMIT, () -> Files.size(partials().getFirst()) == size);
  }

  private void quota(String change) {
    database
        .scheduler()
        .inTransaction(
            h ->
                h.createUpdate("update account set " + change + " where id = :owner")
                    .bind("owner", owner)
                    .execute());
  }

  private static List<Upload> list(UploadRig rig) {
    return rig.calls().listUploads(ListUploadsRequest.getDefaultInstance()).getUploadsList();
  }

  private int books() {
    return library.catalog(owner).listBooks(ListBooksRequest.getDefaultInstance()).getBooksCount();
  }

  private List<Path> partials() {
    try (Stream<Path> files = Files.list(folder.resolve("partial"))) {
      return files.toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
