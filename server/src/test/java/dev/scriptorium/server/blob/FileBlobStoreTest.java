package dev.scriptorium.server.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.server.FakeClock;
import dev.scriptorium.server.blob.BlobStore.BlobWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Sha256 UNKNOWN = new Sha256("0".repeat(64));

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock(Instant.parse("2030-01-01T00:00:00Z"));
  private FileBlobStore blobs;

  @BeforeEach
  void open() throws IOException {
    blobs = new FileBlobStore(folder, 0, clock);
  }

  @Test
  void aCommittedBlobIsFoundUnderItsHash() throws IOException {
    Sha256 blob = store("hello, reader");

    assertThat(blob.hex())
        .isEqualTo("e09d8867eea958530bc701ad66c57dbdd0a515e6c64049b75c41065ef11c235a");
    assertThat(blobs.exists(blob)).isTrue();
    try (InputStream stream = blobs.open(blob)) {
      assertThat(new String(stream.readAllBytes(), UTF_8)).isEqualTo("hello, reader");
    }
  }

  @Test
  void aRangeIsReadExactly() throws IOException {
    Sha256 blob = store("0123456789");

    assertThat(UTF_8.decode(blobs.read(blob, 3, 4)).toString()).isEqualTo("3456");
  }

  @Test
  void readingBeyondTheEndFails() throws IOException {
    Sha256 blob = store("0123456789");

    assertThatThrownBy(() -> blobs.read(blob, 8, 3)).isInstanceOf(EOFException.class);
  }

  @Test
  void anUnknownBlobIsNotFound() {
    assertThat(blobs.exists(UNKNOWN)).isFalse();
    assertThatThrownBy(() -> blobs.open(UNKNOWN)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> blobs.read(UNKNOWN, 0, 1)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aWriterThatIsClosedWithoutCommitLeavesNothing() throws IOException {
    try (BlobWriter writer = blobs.create()) {
      writer.write(UTF_8.encode("abandoned"));
    }

    assertThat(files()).isEmpty();
  }

  @Test
  void theHeadIsKeptUpTo64KiB() throws IOException {
    try (BlobWriter writer = blobs.create()) {
      writer.write(ByteBuffer.allocate(60_000));
      writer.write(ByteBuffer.allocate(60_000));

      assertThat(writer.head()).hasSize(65_536);
      assertThat(writer.size()).isEqualTo(120_000);
    }
  }

  @Test
  void nothingIsWrittenBelowTheFloorOfFreeSpace() throws IOException {
    FileBlobStore full = new FileBlobStore(folder, Long.MAX_VALUE, clock);

    assertThat(full.full()).isTrue();
    assertThatThrownBy(full::create)
        .isInstanceOfSatisfying(
            DiskFullException.class, e -> assertThat(e.floorBytes()).isEqualTo(Long.MAX_VALUE));
  }

  @Test
  void whatAKilledWriterLeftIsRemovedAtALaterStart() throws IOException {
    Files.writeString(folder.resolve("tmp").resolve("blob-left"), "half");
    Files.setLastModifiedTime(
        folder.resolve("tmp").resolve("blob-left"), FileTime.from(clock.instant()));

    FileBlobStore soonAfter = new FileBlobStore(folder, 0, clock);
    assertThat(soonAfter.freeBytes()).isPositive();
    assertThat(files()).hasSize(1);
    clock.advance(DAY);
    FileBlobStore later = new FileBlobStore(folder, 0, clock);

    assertThat(later.freeBytes()).isPositive();
    assertThat(files()).isEmpty();
  }

  @Test
  void theSweepDeletesOldBlobsThatNothingRefersTo() throws IOException {
    Sha256 used = store("used");
    Sha256 unused = store("unused");
    clock.advance(DAY.plusSeconds(1));
    Sha256 young = store("young");

    int deleted = sweep(used).run();

    assertThat(deleted).isEqualTo(1);
    assertThat(blobs.exists(used)).isTrue();
    assertThat(blobs.exists(unused)).isFalse();
    assertThat(blobs.exists(young)).isTrue();
  }

  @Test
  void theSweepSparesABlobThatWasWrittenAgain() throws IOException {
    Sha256 blob = store("again");
    clock.advance(DAY.plusSeconds(1));
    store("again");

    assertThat(sweep(UNKNOWN).run()).isZero();
    assertThat(blobs.deleteWrittenBefore(blob, clock.instant().minus(DAY))).isFalse();
    assertThat(blobs.exists(blob)).isTrue();
  }

  @Test
  void theSweepPagesThroughManyBlobs() throws IOException {
    for (int i = 0; i < 40; i++) {
      store("blob " + i);
    }
    clock.advance(DAY);

    List<Sha256> first = blobs.writtenBefore(clock.instant(), "", 25);
    List<Sha256> second = blobs.writtenBefore(clock.instant(), first.getLast().hex(), 25);

    assertThat(first).hasSize(25);
    assertThat(second).hasSize(15).doesNotContainAnyElementsOf(first);
  }

  private BlobSweep sweep(Sha256 used) {
    return new BlobSweep(blobs, List.of(_ -> Set.of(used)), DAY, clock);
  }

  private Sha256 store(String content) throws IOException {
    try (BlobWriter writer = blobs.create()) {
      writer.write(UTF_8.encode(content));
      return writer.commit();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }
}
