package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.worker.pack.PackReader;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.PackRange;
import dev.scriptorium.worker.v1.ResultItem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chapters of a pack. Only the index is held; a chapter is decoded when it is asked for. */
final class PackText implements JobInput.BookText {
  private final PackReader pack;
  private final List<JobInput.ChapterInfo> chapters = new ArrayList<>();
  private final Map<Integer, PackRange> ranges = new HashMap<>();
  private final ChapterSizes sizes = new ChapterSizes();

  private PackText(PackReader pack) {
    this.pack = pack;
  }

  /**
   * The chapters from {@code first} to {@code last}, inclusive.
   *
   * @throws IOException also when there are none
   */
  static PackText slice(PackReader pack, int first, int last) throws IOException {
    PackText text = new PackText(pack);
    for (ResultItem item : pack.index()) {
      ChapterResult chapter = item.getChapter();
      if (item.hasChapter() && chapter.getOrdinal() >= first && chapter.getOrdinal() <= last) {
        text.add(chapter);
      }
    }
    if (text.chapters.isEmpty()) {
      throw new IOException("the pack has no chapters from " + first + " to " + last);
    }
    return text;
  }

  @Override
  public List<JobInput.ChapterInfo> chapters() {
    return List.copyOf(chapters);
  }

  @Override
  public String text(int ordinal) throws IOException {
    PackRange range = ranges.get(ordinal);
    if (range == null) {
      throw new IllegalArgumentException("chapter " + ordinal + " is not in the slice");
    }
    return pack.chapter(range).getText();
  }

  /** Lengths of the chapters. */
  ChapterSizes sizes() {
    return sizes;
  }

  private void add(ChapterResult chapter) {
    int ordinal = chapter.getOrdinal();
    chapters.add(new JobInput.ChapterInfo(ordinal, chapter.getTitle(), chapter.getCodePoints()));
    ranges.put(ordinal, chapter.getContent());
    sizes.add(ordinal, chapter.getWordCount(), chapter.getCodePoints());
  }
}
