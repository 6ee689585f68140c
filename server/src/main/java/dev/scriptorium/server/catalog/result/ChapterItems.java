package dev.scriptorium.server.catalog.result;

import dev.scriptorium.server.catalog.result.ContentStore.Numbered;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.ContentsResult;
import dev.scriptorium.worker.v1.NoteResult;
import dev.scriptorium.worker.v1.SourcePosition;
import org.jdbi.v3.core.Handle;

/**
 * Checks and writes chapters and what lies in them, and computes where each begins in the book.
 * Bound to the transaction of one job.
 */
final class ChapterItems {
  private static final int MAX_CHAPTERS = 50_000;
  private static final int MAX_NOTES = 200_000;
  private static final int MAX_POSITIONS = 2_000_000;

  private final ChapterStore store;
  private final PackCheck packCheck;
  private final ChapterSpans spans = new ChapterSpans(1);
  private final Places places = new Places(spans);
  private final RowBatch<ChapterStore.Placed> chapters;
  private final RowBatch<Numbered<NoteResult>> notes;
  private final RowBatch<Numbered<SourcePosition>> positions;
  private int noteCount;
  private int positionCount;

  ChapterItems(Handle handle, Job job, PackCheck packCheck) {
    this.store = new ChapterStore(handle, job);
    store.deleteChapters();
    store.deleteNotes();
    store.deletePositions();
    this.packCheck = packCheck;
    this.chapters = new RowBatch<>(store::insertChapters);
    this.notes = new RowBatch<>(store::insertNotes);
    this.positions = new RowBatch<>(store::insertPositions);
  }

  void chapter(ResultItems items, ChapterResult chapter) throws ResultInvalidException {
    int expected = spans.count() + 1;
    items.require(chapter.getOrdinal() == expected, "the next ordinal is " + expected);
    items.require(expected <= MAX_CHAPTERS, "there are at most " + MAX_CHAPTERS);
    items.require(chapter.getCodePoints() >= 0, "code_points is at least 0");
    items.require(
        chapter.getWordCount() >= 0 && chapter.getWordCount() <= chapter.getCodePoints(),
        "word_count is 0 to code_points");
    items.require(
        chapter.getFirstPage() >= 0 && chapter.getLastPage() >= chapter.getFirstPage(),
        "pages run upwards from 0");
    items.text("title", chapter.getTitle());
    items.text("source", chapter.getSource());
    items.text("language", chapter.getLanguage());
    items.requireHash(chapter.getSha256());
    packCheck.require(items, chapter.getContent());
    long start = spans.end();
    spans.add(new ChapterSpans.Span(chapter.getCodePoints(), start, chapter.getWordCount()));
    chapters.add(new ChapterStore.Placed(chapter, start), chapter);
  }

  /** Checks where a line of the contents leads; chapter 0 leads nowhere. */
  void target(ResultItems items, ContentsResult entry) throws ResultInvalidException {
    if (entry.getChapter() == 0) {
      items.require(entry.getChapterOffset() == 0, "without a chapter there is no offset");
    } else {
      places.require(items, entry.getChapter(), entry.getChapterOffset());
    }
  }

  void note(ResultItems items, NoteResult note) throws ResultInvalidException {
    items.require(++noteCount <= MAX_NOTES, "there are at most " + MAX_NOTES);
    places.require(items, note.getChapter(), note.getReferenceOffset());
    items.text("label", note.getLabel());
    items.text("text", note.getText());
    notes.add(new Numbered<>(noteCount, note), note);
  }

  void position(ResultItems items, SourcePosition position) throws ResultInvalidException {
    items.require(++positionCount <= MAX_POSITIONS, "there are at most " + MAX_POSITIONS);
    places.require(items, position.getChapter(), position.getChapterOffset());
    items.text("page_label", position.getPageLabel());
    items.text("element_path", position.getElementPath());
    positions.add(new Numbered<>(positionCount, position), position);
  }

  /** Writes what has gathered and checks the whole. */
  void finish() throws ResultInvalidException {
    if (spans.count() == 0) {
      throw new ResultInvalidException("parse gave no chapter");
    }
    places.finish();
    chapters.flush();
    notes.flush();
    positions.flush();
    store.queueText();
  }

  ChapterSpans spans() {
    return spans;
  }
}
