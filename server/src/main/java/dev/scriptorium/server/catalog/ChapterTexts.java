package dev.scriptorium.server.catalog;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.cache.Cache;
import dev.scriptorium.server.reading.BookText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Hands the text of chapters to what marks places in it. Thread-safe. */
public final class ChapterTexts implements BookText {
  private final Packs packs;
  private final PieceStore pieces = new PieceStore();

  /**
   * @param cache keeps unpacked chapters
   */
  public ChapterTexts(BlobStore blobs, Cache cache) {
    this.packs = new Packs(blobs, cache);
  }

  @Override
  public String chapter(Handle handle, UUID owner, UUID book, int chapter) throws IOException {
    Optional<PieceStore.StoredChapter> found = pieces.find(handle, owner, book, chapter);
    return found.isEmpty() ? "" : packs.keptChapter(found.get().content()).getText();
  }

  @Override
  public List<String> chapters(Handle handle, UUID owner, UUID book) throws IOException {
    List<String> texts = new ArrayList<>();
    for (PieceStore.Piece piece : pieces.contents(handle, owner, book)) {
      texts.add(packs.chapter(piece).getText());
    }
    return texts;
  }
}
