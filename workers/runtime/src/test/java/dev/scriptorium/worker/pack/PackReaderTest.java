package dev.scriptorium.worker.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.worker.v1.ChapterContent;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.ImageResult;
import dev.scriptorium.worker.v1.PackRange;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackReaderTest {
  private static final ChapterContent CHAPTER =
      ChapterContent.newBuilder().setText("A text.".repeat(100)).setHtml("<p>A text.</p>").build();

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadBackByItsRange() throws IOException {
    Path file = folder.resolve("pack");
    byte[] picture = {1, 2, 3};
    ResultItem chapterItem;
    ResultItem imageItem;
    try (PackWriter writer = new PackWriter(file)) {
      chapterItem =
          ResultItem.newBuilder()
              .setChapter(ChapterResult.newBuilder().setContent(writer.addChapter(CHAPTER)))
              .build();
      imageItem =
          ResultItem.newBuilder()
              .setImage(ImageResult.newBuilder().setContent(writer.addImage(picture)))
              .build();
      writer.addIndexItem(chapterItem);
      writer.addIndexItem(imageItem);
      writer.finish();
    }

    try (PackReader reader = new PackReader(file)) {
      assertThat(reader.index()).containsExactly(chapterItem, imageItem);
      assertThat(reader.chapter(chapterItem.getChapter().getContent())).isEqualTo(CHAPTER);
      assertThat(reader.image(imageItem.getImage().getContent())).isEqualTo(picture);
    }
  }

  @Test
  void aPackBeginsAndEndsWithItsName() throws IOException {
    byte[] bytes = Files.readAllBytes(small());

    assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("SCP1");
    assertThat(new String(bytes, bytes.length - 4, 4, StandardCharsets.US_ASCII)).isEqualTo("SCP1");
  }

  @Test
  void anotherFileIsNoPack() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "SCP1 is how a pack begins, not this.");

    assertThatThrownBy(() -> new PackReader(file)).isInstanceOf(IOException.class);
  }

  @Test
  void damageIsReportedAndNeverMore() throws IOException {
    byte[] valid = Files.readAllBytes(small());
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);

    for (int round = 0; round < 500; round++) {
      byte[] bytes = valid.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      Path file = Files.write(folder.resolve("damaged"), bytes);
      readAll(file);
    }
  }

  @Test
  void aRangeOutsideTheFileIsRefused() throws IOException {
    try (PackReader reader = new PackReader(small())) {
      PackRange outside = PackRange.newBuilder().setOffset(4).setLength(1 << 30).build();

      assertThatThrownBy(() -> reader.image(outside)).isInstanceOf(IOException.class);
    }
  }

  private static void readAll(Path file) {
    try (PackReader reader = new PackReader(file)) {
      for (ResultItem item : reader.index()) {
        ChapterContent content = reader.chapter(item.getChapter().getContent());
        // The frame's checksum has caught any change.
        assertThat(content).isEqualTo(CHAPTER);
      }
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  private Path small() throws IOException {
    Path file = folder.resolve("small");
    try (PackWriter writer = new PackWriter(file)) {
      writer.addIndexItem(
          ResultItem.newBuilder()
              .setChapter(ChapterResult.newBuilder().setContent(range(writer)))
              .build());
      writer.finish();
    }
    return file;
  }

  private static PackRange range(PackWriter writer) throws IOException {
    return writer.addChapter(CHAPTER);
  }
}
