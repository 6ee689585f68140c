package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.jobs.ResultInvalidException;
import java.util.ArrayList;
import java.util.List;

/** Lengths and starts of consecutive chapters, and the check that a place lies in one of them. */
public final class ChapterSpans {
  /**
   * @param codePoints length of the chapter
   * @param start offset of the chapter in the book
   * @param words words of the chapter
   */
  record Span(int codePoints, long start, int words) {}

  private final int firstOrdinal;
  private final List<Span> spans = new ArrayList<>();

  /**
   * @param firstOrdinal ordinal of the first chapter to be added
   */
  ChapterSpans(int firstOrdinal) {
    this.firstOrdinal = firstOrdinal;
  }

  void add(Span span) {
    spans.add(span);
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  int count() {
    return spans.size();
  }

  /** Offset in the book of the end of the last chapter. */
  public long end() {
    return spans.isEmpty() ? 0 : spans.getLast().start() + spans.getLast().codePoints();
  }

  /** True when the chapter is among them. */
  public boolean has(int ordinal) {
    return ordinal >= firstOrdinal && ordinal < firstOrdinal + spans.size();
  }

  /** Length of a chapter, in code points. */
  public int codePoints(int ordinal) {
    return spans.get(ordinal - firstOrdinal).codePoints();
  }

  /** Offset in the book of a chapter's offset. */
  public long bookOffset(int ordinal, int offset) {
    return spans.get(ordinal - firstOrdinal).start() + offset;
  }

  /**
   * Checks a range of a chapter's text.
   *
   * @throws ResultInvalidException when it is empty or leaves the chapter
   */
  public void requireRange(ResultItems items, int ordinal, int start, int end)
      throws ResultInvalidException {
    items.require(has(ordinal), "chapter " + ordinal + " is one of the job's");
    items.require(
        0 <= start && start < end && end <= codePoints(ordinal),
        "[" + start + ", " + end + ") lies in chapter " + ordinal + " of " + codePoints(ordinal));
  }
}
