package dev.scriptorium.worker.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.SourcePosition;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.worker.pack.HashedFile;
import dev.scriptorium.worker.pack.PackReader;
import dev.scriptorium.worker.pack.ResultReader;
import dev.scriptorium.worker.v1.JobFinished;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultWriterTest {
  @TempDir private Path folder;

  @Test
  void aBookComesBackItemByItemInTheOrderOfTheCalls() throws IOException {
    JobFinished finished = writeBook(folder);

    List<ResultItem> items = items(folder);
    assertThat(items)
        .extracting(ResultItem::getItemCase)
        .containsExactly(
            ResultItem.ItemCase.METADATA,
            ResultItem.ItemCase.CHAPTER,
            ResultItem.ItemCase.CHAPTER,
            ResultItem.ItemCase.CONTENTS,
            ResultItem.ItemCase.IMAGE,
            ResultItem.ItemCase.NOTE,
            ResultItem.ItemCase.POSITION,
            ResultItem.ItemCase.WARNING,
            ResultItem.ItemCase.SUMMARY);
    assertThat(finished.getResultBytes()).isEqualTo(Files.size(folder.resolve("result.bin")));
    assertThat(finished.getResultSha256()).isEqualTo(hash(folder.resolve("result.bin")));
    assertThat(finished.getPackBytes()).isEqualTo(Files.size(folder.resolve("pack.bin")));
    assertThat(finished.getPackSha256()).isEqualTo(hash(folder.resolve("pack.bin")));
  }

  @Test
  void chaptersAreCountedInWordsAndCodePoints() throws IOException {
    writeBook(folder);

    var chapter = items(folder).get(1).getChapter();
    // Two words; the second is one code point of two chars.
    assertThat(chapter.getWordCount()).isEqualTo(2);
    assertThat(chapter.getCodePoints()).isEqualTo(7);
    var summary = items(folder).getLast().getSummary();
    assertThat(summary.getWordCount()).isEqualTo(5);
    assertThat(summary.getCodePoints()).isEqualTo(7 + 12);
    assertThat(summary.getDegraded()).isFalse();
  }

  @Test
  void thePackHoldsWhatTheItemsSay() throws IOException {
    writeBook(folder);

    try (PackReader pack = new PackReader(folder.resolve("pack.bin"))) {
      var chapter = items(folder).get(2).getChapter();
      var content = pack.chapter(chapter.getContent());
      assertThat(content.getText()).isEqualTo("of the night");
      assertThat(content.getHtml()).isEqualTo("<p>of the night</p>");
      assertThat(HashedFile.sha256Hex(content.toByteArray())).isEqualTo(chapter.getSha256());
      assertThat(pack.image(items(folder).get(4).getImage().getContent())).containsExactly(9, 8, 7);
      assertThat(pack.index()).hasSize(3);
    }
  }

  @Test
  void theSameCallsGiveTheSameBytes() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));

    assertThat(writeBook(folder)).isEqualTo(writeBook(other));
  }

  @Test
  void aResultWithoutContentHasNoPack() throws IOException {
    try (ResultWriter writer = new ResultWriter(folder, new ChapterSizes())) {
      writer.metadata(Metadata.of("TEXT", "Title"));
      JobFinished finished = writer.finish().build();

      assertThat(finished.getPackBytes()).isZero();
      assertThat(folder.resolve("pack.bin")).doesNotExist();
    }
  }

  @Test
  void whatNoDatabaseCanStoreIsReplacedWithoutMovingAnOffset() throws IOException {
    try (ResultWriter writer = new ResultWriter(folder, new ChapterSizes())) {
      writer.chapter(chapter(1, "a\0b\uD800c"));
      writer.finish();
    }

    try (PackReader pack = new PackReader(folder.resolve("pack.bin"))) {
      var chapter = pack.index().getFirst().getChapter();
      assertThat(pack.chapter(chapter.getContent()).getText()).isEqualTo("a\uFFFDb\uFFFDc");
      assertThat(chapter.getCodePoints()).isEqualTo(5);
    }
  }

  @Test
  void onlyAThousandWarningsAreKept() throws IOException {
    try (ResultWriter writer = new ResultWriter(folder, new ChapterSizes())) {
      for (int i = 0; i < 1500; i++) {
        writer.warning(new Warning("TEST", "line " + i, "is odd"));
      }
      writer.finish();
    }

    assertThat(items(folder).stream().filter(ResultItem::hasWarning)).hasSize(1000);
  }

  @Test
  void recordsThatBreakARuleAreRefused() throws IOException {
    try (ResultWriter writer = new ResultWriter(folder, new ChapterSizes())) {
      writer.metadata(Metadata.of("TEXT", "Title"));
      writer.chapter(chapter(1, "seven w"));

      refuses(() -> writer.metadata(Metadata.of("TEXT", "Again")));
      refuses(() -> writer.chapter(chapter(3, "a hole before")));
      refuses(() -> writer.contents(new ContentsEntry("Beyond", 0, 2, 0)));
      refuses(() -> writer.contents(new ContentsEntry("Beyond", 0, 1, 8)));
      refuses(() -> writer.contents(new ContentsEntry("Shallow", -1, 1, 0)));
      refuses(() -> writer.note(new Note(1, "1", 8, "beyond the end")));
      refuses(() -> writer.position(new SourcePosition(2, 0, "1", "")));
      refuses(() -> writer.image(new Image("a.png", "image/png", 1, 1, new byte[0])));
      refuses(() -> writer.passage(passage(new TextRange(1, 0, 5), "other length")));
      refuses(() -> writer.passage(passage(new TextRange(1, 3, 8), "en wo")));
      refuses(() -> writer.passage(passage(new TextRange(1, 2, 2), "")));
      refuses(
          () -> writer.mention(new Mention(Entity.Type.PLACE, "en", new TextRange(1, 1, 3), 2)));
      refuses(() -> writer.entity(new Entity(2, Entity.Type.PLACE, "Rome", List.of(), List.of())));
      refuses(() -> writer.note(new Note(1, "1", 0, "x".repeat(1 << 20))));
    }
  }

  private interface Call {
    void run() throws IOException;
  }

  private static void refuses(Call call) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
  }

  private static JobFinished writeBook(Path directory) throws IOException {
    try (ResultWriter writer = new ResultWriter(directory, new ChapterSizes())) {
      writer.metadata(Metadata.of("TEXT", "Title"));
      writer.chapter(chapter(1, "Owls  \uD83E\uDD89"));
      writer.chapter(chapter(2, "of the night"));
      writer.contents(new ContentsEntry("Second", 0, 2, 3));
      writer.image(new Image("owl.png", "image/png", 3, 1, new byte[] {9, 8, 7}));
      writer.note(new Note(1, "1", 4, "A bird."));
      writer.position(new SourcePosition(2, 0, "5", "/body/p[2]"));
      writer.warning(new Warning("TEST", "line 1", "is odd"));
      return writer.finish().build();
    }
  }

  private static Passage passage(TextRange range, String text) {
    return new Passage(Passage.Type.OBJECT, range, text, 1, 1, List.of());
  }

  private static Chapter chapter(int ordinal, String text) {
    return new Chapter(ordinal, "", "line", text, "<p>" + text + "</p>", 0, "", true, 0, 0);
  }

  private static List<ResultItem> items(Path directory) throws IOException {
    List<ResultItem> items = new ArrayList<>();
    try (ResultReader reader = ResultReader.open(directory.resolve("result.bin"))) {
      for (var item = reader.next(); item.isPresent(); item = reader.next()) {
        items.add(item.get());
      }
    }
    return items;
  }

  private static String hash(Path file) throws IOException {
    return HashedFile.sha256Hex(Files.readAllBytes(file));
  }
}
