package dev.scriptorium.server.catalog;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.blob.BlobStore.BlobWriter;
import dev.scriptorium.server.blob.Sha256;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.worker.v1.ChapterContent;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.ImageResult;
import dev.scriptorium.worker.v1.PackRange;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Builds the result of a job together with its pack, as a runner would. */
public final class TestResult {
  private final ByteArrayOutputStream items = new ByteArrayOutputStream();
  private final ByteArrayOutputStream pack = new ByteArrayOutputStream();
  private int chapters;

  /** An empty result with an empty pack. */
  public TestResult() {
    pack.writeBytes(new byte[] {'S', 'C', 'P', '1'});
  }

  /** Adds an item as it is. */
  public TestResult item(ResultItem.Builder item) {
    try {
      item.build().writeDelimitedTo(items);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  /** Adds the next chapter with its text. */
  public TestResult chapter(String title, String text) {
    return item(ResultItem.newBuilder().setChapter(chapterOf(title, text)));
  }

  /** The next chapter, not yet added, its content being in the pack. */
  public ChapterResult.Builder chapterOf(String title, String text) {
    return chapterOf(title, text, new byte[0]);
  }

  /** The same with the way to its document. */
  public ChapterResult.Builder chapterOf(String title, String text, byte[] sourceMap) {
    ChapterContent content =
        ChapterContent.newBuilder()
            .setText(text)
            .setHtml("<p>" + text + "</p>")
            .setSourceMap(ByteString.copyFrom(sourceMap))
            .build();
    return ChapterResult.newBuilder()
        .setOrdinal(++chapters)
        .setTitle(title)
        .setSource("chapter-" + chapters + ".xhtml")
        .setWordCount(text.isEmpty() ? 0 : text.split("\\s+").length)
        .setCodePoints(text.codePointCount(0, text.length()))
        .setLinear(true)
        .setContent(packed(Zstd.compress(content.toByteArray())))
        .setSha256(hash(content.toByteArray()));
  }

  /** Adds a picture. */
  public TestResult image(String resource, byte[] bytes) {
    return item(
        ResultItem.newBuilder()
            .setImage(
                ImageResult.newBuilder()
                    .setResource(resource)
                    .setMediaType("image/jpeg")
                    .setContent(packed(bytes))
                    .setSha256(hash(bytes))));
  }

  /** What the runner would upload as result. */
  public InputStream stream() {
    return new ByteArrayInputStream(items.toByteArray());
  }

  /** The result's bytes. */
  public byte[] bytes() {
    return items.toByteArray();
  }

  /** Stores the pack. */
  public StoredBlob pack(BlobStore blobs) throws IOException {
    try (BlobWriter writer = blobs.create()) {
      writer.write(ByteBuffer.wrap(pack.toByteArray()));
      return new StoredBlob(writer.commit(), pack.size());
    }
  }

  private PackRange packed(byte[] bytes) {
    PackRange range = PackRange.newBuilder().setOffset(pack.size()).setLength(bytes.length).build();
    pack.writeBytes(bytes);
    return range;
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }
}
