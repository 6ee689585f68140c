package dev.scriptorium.worker.runner;

import com.google.protobuf.ByteString;
import dev.scriptorium.plugin.AnalysisRun;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.Furniture;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.plugin.SourcePosition;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.worker.pack.HashedFile;
import dev.scriptorium.worker.pack.PackWriter;
import dev.scriptorium.worker.pack.ResultReader;
import dev.scriptorium.worker.v1.ChapterContent;
import dev.scriptorium.worker.v1.ChapterFactsResult;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.FurnitureResult;
import dev.scriptorium.worker.v1.JobFinished;
import dev.scriptorium.worker.v1.ResultItem;
import dev.scriptorium.worker.v1.ResultSummary;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what a handler hands over to {@code result.bin} and {@code pack.bin} in the job's
 * directory. The same records give the same bytes. Of a record nothing is kept but the length of a
 * chapter's text. Not thread-safe.
 */
final class ResultWriter implements BookSink, Closeable {
  static final String RESULT = "result.bin";
  static final String PACK = "pack.bin";
  private static final int MAX_WARNINGS = 1000;

  private final Path directory;
  private final ChapterSizes sizes;
  private final ResultRules rules;
  private final HashedFile result;
  private final PackWriter pack;
  private int warnings;
  private boolean packed;
  private boolean degraded;

  /**
   * Creates both files.
   *
   * @param sizes chapters that the job's input has; those the job makes are added
   */
  ResultWriter(Path directory, ChapterSizes sizes) throws IOException {
    this.directory = directory;
    this.sizes = sizes;
    rules = new ResultRules(sizes);
    result = new HashedFile(directory.resolve(RESULT));
    pack = new PackWriter(directory.resolve(PACK));
  }

  @Override
  public void metadata(Metadata metadata) throws IOException {
    rules.metadata();
    write(ResultItem.newBuilder().setMetadata(ResultEncoding.metadata(metadata)));
  }

  @Override
  public void chapter(Chapter chapter) throws IOException {
    rules.chapter(chapter);
    ChapterContent content =
        ChapterContent.newBuilder()
            .setText(CleanText.of(chapter.text()))
            .setHtml(CleanText.of(chapter.html()))
            .setSourceMap(ByteString.copyFrom(chapter.sourceMap()))
            .build();
    int codePoints = content.getText().codePointCount(0, content.getText().length());
    int words = Words.count(content.getText());
    ChapterResult.Builder item =
        ResultEncoding.chapter(chapter)
            .setWordCount(words)
            .setCodePoints(codePoints)
            .setSha256(HashedFile.sha256Hex(content.toByteArray()))
            .setContent(pack.addChapter(content));
    packed = true;
    sizes.add(chapter.ordinal(), words, codePoints);
    write(ResultItem.newBuilder().setChapter(item));
  }

  @Override
  public void contents(ContentsEntry entry) throws IOException {
    rules.contents(entry);
    write(ResultItem.newBuilder().setContents(ResultEncoding.contents(entry)));
  }

  @Override
  public void image(Image image) throws IOException {
    byte[] bytes = image.bytes();
    rules.image(image, bytes.length);
    packed = true;
    write(
        ResultItem.newBuilder()
            .setImage(
                ResultEncoding.image(image)
                    .setSha256(HashedFile.sha256Hex(bytes))
                    .setContent(pack.addImage(bytes))));
  }

  @Override
  public void note(Note note) throws IOException {
    rules.place(note.chapter(), note.referenceOffset());
    write(ResultItem.newBuilder().setNote(ResultEncoding.note(note)));
  }

  @Override
  public void position(SourcePosition position) throws IOException {
    rules.place(position.chapter(), position.chapterOffset());
    write(ResultItem.newBuilder().setPosition(ResultEncoding.position(position)));
  }

  @Override
  public void furniture(Furniture furniture) throws IOException {
    rules.furniture(furniture);
    write(
        ResultItem.newBuilder()
            .setFurniture(
                FurnitureResult.newBuilder()
                    .setPage(furniture.page())
                    .setText(CleanText.of(furniture.text()))));
  }

  @Override
  public void warning(Warning warning) throws IOException {
    if (warnings < MAX_WARNINGS) {
      warnings++;
      write(ResultItem.newBuilder().setWarning(ResultEncoding.warning(warning)));
    }
  }

  @Override
  public void passage(Passage passage) throws IOException {
    rules.passage(passage);
    write(ResultItem.newBuilder().setPassage(ResultEncoding.passage(passage)));
  }

  @Override
  public void mention(Mention mention) throws IOException {
    rules.mention(mention);
    write(ResultItem.newBuilder().setMention(ResultEncoding.mention(mention)));
  }

  @Override
  public void entity(Entity entity) throws IOException {
    rules.entity(entity);
    write(ResultItem.newBuilder().setEntity(ResultEncoding.entity(entity)));
  }

  @Override
  public void quotation(Quotation quotation) throws IOException {
    rules.quotation(quotation);
    write(ResultItem.newBuilder().setQuotation(FactsEncoding.quotation(quotation)));
  }

  @Override
  public void chapterFacts(int chapter, Facts facts) throws IOException {
    rules.chapterFacts(chapter);
    write(
        ResultItem.newBuilder()
            .setChapterFacts(
                ChapterFactsResult.newBuilder()
                    .setChapter(chapter)
                    .setFacts(FactsEncoding.facts(facts))));
  }

  @Override
  public void bookFacts(Facts facts) throws IOException {
    rules.bookFacts();
    write(ResultItem.newBuilder().setBookFacts(FactsEncoding.facts(facts)));
  }

  @Override
  public void analysisRun(AnalysisRun run) throws IOException {
    rules.analysisRun(run);
    write(ResultItem.newBuilder().setAnalysisRun(RunEncoding.run(run)));
  }

  @Override
  public void degraded() {
    degraded = true;
  }

  /** Completes both files; a pack without content is deleted. */
  JobFinished.Builder finish() throws IOException {
    write(
        ResultItem.newBuilder()
            .setSummary(
                ResultSummary.newBuilder()
                    .setDegraded(degraded)
                    .setWordCount(sizes.totalWords())
                    .setCodePoints(sizes.totalCodePoints())));
    result.close();
    JobFinished.Builder finished =
        JobFinished.newBuilder()
            .setResultBytes(result.size())
            .setResultSha256(result.sha256Hex())
            .setDegraded(degraded);
    return packed ? finishPack(finished) : dropPack(finished);
  }

  @Override
  public void close() throws IOException {
    try (pack) {
      result.close();
    }
  }

  private JobFinished.Builder finishPack(JobFinished.Builder finished) throws IOException {
    // Read back rather than remembered: a book may have ten thousand chapters and pictures.
    try (ResultReader items = ResultReader.open(directory.resolve(RESULT))) {
      for (var item = items.next(); item.isPresent(); item = items.next()) {
        if (item.get().hasChapter() || item.get().hasImage()) {
          pack.addIndexItem(item.get());
        }
      }
    }
    pack.finish();
    pack.close();
    return finished.setPackBytes(pack.size()).setPackSha256(pack.sha256Hex());
  }

  private JobFinished.Builder dropPack(JobFinished.Builder finished) throws IOException {
    pack.close();
    Files.delete(directory.resolve(PACK));
    return finished;
  }

  private void write(ResultItem.Builder builder) throws IOException {
    ResultItem item = builder.build();
    if (item.getSerializedSize() > ResultReader.MAX_ITEM_BYTES) {
      throw new IllegalArgumentException(
          "%s of %d bytes, at most %d"
              .formatted(
                  item.getItemCase(), item.getSerializedSize(), ResultReader.MAX_ITEM_BYTES));
    }
    item.writeDelimitedTo(result);
  }
}
