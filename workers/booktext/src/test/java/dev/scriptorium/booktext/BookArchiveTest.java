package dev.scriptorium.booktext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.plugin.JobFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookArchiveTest {
  @TempDir Path folder;

  @Test
  void entriesAreReadByName() throws Exception {
    try (BookArchive archive = BookArchive.open(zip("a/b.txt", new byte[10]), limits())) {
      assertThat(archive.names()).containsExactly("a/b.txt");
      assertThat(archive.read("a/b.txt", 10)).hasValueSatisfying(b -> assertThat(b).hasSize(10));
      assertThat(archive.read("missing", 10)).isEmpty();
      assertThat(archive.misdeclared()).isEmpty();
    }
  }

  @Test
  void aSizeThatIsNotTrueIsNotBelieved() throws Exception {
    byte[] content = new byte[100_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) ((i * 31) >> 3);
    }
    for (int declared : new int[] {0, 1, 99_999, 100_000, 100_001, Integer.MAX_VALUE}) {
      Path file = zip("a", content);
      declareSize(file, declared);
      try (BookArchive archive = BookArchive.open(file, limits())) {
        assertThat(archive.read("a", 200_000).orElseThrow()).isEqualTo(content);
        assertThat(archive.misdeclared()).hasSize(declared == content.length ? 0 : 1);
      }
    }
  }

  @Test
  void theHeadOfAnEntryIsAsMuchAsThereIs() throws Exception {
    try (BookArchive archive = BookArchive.open(zip("a", new byte[] {1, 2, 3}), limits())) {
      assertThat(archive.head("a", 2).orElseThrow()).containsExactly(1, 2);
      assertThat(archive.head("a", 10).orElseThrow()).containsExactly(1, 2, 3);
      assertThat(archive.head("b", 10)).isEmpty();
    }
  }

  @Test
  void namesThatDifferInCaseOrUnicodeFormAloneAreTheSame() throws Exception {
    try (BookArchive archive =
        BookArchive.open(zip("Text/cafe\u0301.XHTML", new byte[1]), limits())) {
      assertThat(archive.has("text/café.xhtml")).isTrue();
      assertThat(archive.read("text/café.xhtml", 10)).isPresent();
      assertThat(archive.has("text/cafe.xhtml")).isFalse();
    }
  }

  @Test
  void namesThatClimbOutAreOnlyNames() throws Exception {
    try (BookArchive archive =
        BookArchive.open(zip("../../etc/passwd", new byte[] {7}), limits())) {
      assertThat(archive.read("../../etc/passwd", 10))
          .hasValueSatisfying(b -> assertThat(b).containsExactly(7));
    }
  }

  @Test
  void anEntryLargerThanAskedForIsALimit() throws Exception {
    try (BookArchive archive = BookArchive.open(zip("a", new byte[11]), limits())) {
      assertThatThrownBy(() -> archive.read("a", 10)).isInstanceOf(LimitReached.class);
    }
  }

  @Test
  void anEntryThatInflatesOutOfProportionIsALimit() throws Exception {
    byte[] zeros = new byte[limits().ratioFloorBytes() + 1];
    try (BookArchive archive = BookArchive.open(zip("a", zeros), limits())) {
      assertThatThrownBy(() -> archive.read("a", Integer.MAX_VALUE))
          .isInstanceOf(LimitReached.class)
          .hasMessageContaining("ratio");
    }
  }

  @Test
  void entriesInProportionWhoseSumIsNotAreALimit() throws Exception {
    byte[] zeros = new byte[limits().ratioFloorBytes()];
    try (BookArchive archive = BookArchive.open(zip("a", zeros), limits())) {
      for (long sum = 0; sum < limits().bookRatioFloorBytes(); sum += zeros.length) {
        assertThat(archive.read("a", zeros.length)).isPresent();
      }
      assertThatThrownBy(() -> archive.read("a", zeros.length)).isInstanceOf(LimitReached.class);
    }
  }

  @Test
  void aDamagedEntryIsAZipException() throws Exception {
    Path file =
        zip(
            "a",
            "Some text that is long enough to be compressed, text, text"
                .getBytes(StandardCharsets.UTF_8));
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 31; i < 45; i++) {
      bytes[i] = (byte) 0xFF;
    }
    Files.write(file, bytes);

    try (BookArchive archive = BookArchive.open(file, limits())) {
      assertThatThrownBy(() -> archive.read("a", 1000)).isInstanceOf(ZipException.class);
    }
  }

  @Test
  void whatIsNoArchiveIsRefusedWithTheReason() throws Exception {
    assertThat(reason(new byte[0])).isEqualTo(JobFailure.Reason.FILE_EMPTY);
    assertThat(reason(new byte[] {1, 2, 3, 4})).isEqualTo(JobFailure.Reason.FORMAT_UNSUPPORTED);
    assertThat(reason(new byte[] {'P', 'K', 3, 4})).isEqualTo(JobFailure.Reason.FILE_CORRUPT);
  }

  @Test
  void anArchiveWhoseEndPromisesACommentIsDamaged() throws Exception {
    byte[] bytes = Files.readAllBytes(zip("a", new byte[1]));
    bytes[bytes.length - 2] = 56;

    assertThat(reason(bytes)).isEqualTo(JobFailure.Reason.FILE_CORRUPT);
  }

  private JobFailure.Reason reason(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("x.zip"), bytes);
    try {
      BookArchive.open(file, limits()).close();
    } catch (JobFailure failure) {
      return failure.reason();
    }
    throw new AssertionError("the archive was not refused");
  }

  private Path zip(String name, byte[] content) throws IOException {
    Path file = folder.resolve("book.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return file;
  }

  /** Writes another size into the directory, of which the archive has one entry. */
  private static void declareSize(Path file, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.capacity() - 22;
    int directory = bytes.getInt(end + 16);
    bytes.putInt(directory + 24, size);
    Files.write(file, bytes.array());
  }

  private static Limits limits() {
    return Limits.defaults();
  }
}
