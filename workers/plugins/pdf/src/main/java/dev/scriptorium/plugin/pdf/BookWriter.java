package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.SourcePosition;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.plugin.pdf.Footnotes.Footnote;
import dev.scriptorium.plugin.pdf.PageLayout.Placed;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands chapters to the sink, one in memory at a time, and remembers where pages and entries of the
 * contents begin. Not thread-safe.
 */
final class BookWriter {
  private final BookSink sink;
  private final PageLabels labels;
  private final int longestChapter;

  private final Map<Integer, Place> entryPlaces = new HashMap<>();
  private final List<ContentsEntry> headings = new ArrayList<>();
  private Supplier<ChapterText> texts;
  private int chapters;
  private int page;
  private @Nullable Open open;
  private final Deque<Footnote> waitingNotes = new ArrayDeque<>();
  private List<PageMark> orphans = new ArrayList<>();
  private List<String> orphanPictures = new ArrayList<>();

  /** Where an entry of the outline points: chapter and code point. */
  record Place(int chapter, int offset) {}

  private record PageMark(int page, int mark) {}

  private record EntryMark(int entry, int mark) {}

  /** The chapter being filled. */
  private record Open(
      String title,
      ChapterText text,
      int firstPage,
      List<PageMark> pages,
      List<EntryMark> entries,
      List<Footnote> notes) {}

  /**
   * @param texts makes an empty text for each chapter
   * @param longestChapter code points after which a chapter is continued in another
   */
  BookWriter(BookSink sink, PageLabels labels, Supplier<ChapterText> texts, int longestChapter) {
    this.sink = sink;
    this.labels = labels;
    this.texts = texts;
    this.longestChapter = longestChapter;
  }

  /** Ends the chapter before, whose last page is the one begun last. */
  void endChapter() throws IOException {
    finishChapter(page);
  }

  /**
   * Goes on with what is known now.
   *
   * @param next makes an empty text for each chapter from here on
   */
  void use(Supplier<ChapterText> next) {
    texts = next;
  }

  /**
   * Begins a page.
   *
   * @param notes what the marks of its lines refer to, in order
   */
  void startPage(int number, List<Footnote> notes) throws IOException {
    page = number;
    waitingNotes.addAll(notes);
    Open chapter = open;
    if (chapter != null && chapter.text().codePoints() > longestChapter) {
      startChapter(chapter.title(), true);
    }
  }

  /**
   * Ends the chapter before and begins one.
   *
   * @param atPageStart true when nothing of the current page belongs to the chapter before
   */
  void startChapter(String title, boolean atPageStart) throws IOException {
    finishChapter(atPageStart ? page - 1 : page);
    open =
        new Open(title, newText(), page, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  private ChapterText newText() {
    ChapterText text = texts.get();
    orphanPictures.forEach(text::picture);
    orphanPictures = new ArrayList<>();
    return text;
  }

  /**
   * Adds a line to the chapter.
   *
   * @param startsPage true for the first line of a page
   * @param entries the entries of the outline that point at it
   */
  void line(Placed line, boolean startsPage, List<Integer> entries) throws IOException {
    Open chapter = chapter();
    int mark = chapter.text().add(line, page, !entries.isEmpty());
    line.line().marks().forEach(reference -> chapter.notes().add(waitingNotes.remove()));
    if (startsPage) {
      chapter.pages().add(new PageMark(page, mark));
    }
    entries.forEach(entry -> chapter.entries().add(new EntryMark(entry, mark)));
  }

  /** Marks the current place, where no line is. */
  void emptyPlace(boolean startsPage, List<Integer> entries) throws IOException {
    Open chapter = chapter();
    int mark = chapter.text().mark();
    if (startsPage) {
      chapter.pages().add(new PageMark(page, mark));
    }
    entries.forEach(entry -> chapter.entries().add(new EntryMark(entry, mark)));
  }

  /** Hands over the lines of a page that are no part of the text. */
  void furniture(int number, List<String> lines) throws IOException {
    for (String line : lines) {
      sink.furniture(new dev.scriptorium.plugin.Furniture(number, line));
    }
  }

  /** Adds a picture behind the paragraph that is being written. */
  void picture(String resource) throws IOException {
    chapter().text().picture(resource);
  }

  /** Adds the chapter just begun to the contents. */
  void listChapter(String title) {
    headings.add(new ContentsEntry(title, 0, chapters + 1, 0));
  }

  private Open chapter() throws IOException {
    if (open == null) {
      startChapter("", true);
    }
    return Objects.requireNonNull(open);
  }

  private void finishChapter(int lastPage) throws IOException {
    Open chapter = open;
    if (chapter == null) {
      return;
    }
    open = null;
    if (chapter.text().isEmpty() && chapter.title().isEmpty() && chapter.entries().isEmpty()) {
      // Pages without text before the first chapter: they belong to what follows.
      orphans.addAll(chapter.pages());
      orphanPictures.addAll(chapter.text().pictures());
      return;
    }
    write(chapter, Math.max(chapter.firstPage(), lastPage));
  }

  private void write(Open chapter, int lastPage) throws IOException {
    chapters++;
    String text = chapter.text().finishText();
    sink.chapter(
        new Chapter(
            chapters,
            chapter.title(),
            "pages " + chapter.firstPage() + "-" + lastPage,
            text,
            chapter.text().finishHtml(),
            chapter.text().words(),
            "",
            true,
            chapter.firstPage(),
            lastPage));
    for (PageMark orphan : orphans) {
      sink.position(new SourcePosition(chapters, 0, labels.of(orphan.page()), ""));
    }
    orphans = new ArrayList<>();
    for (PageMark mark : chapter.pages()) {
      int offset = chapter.text().offsetOf(mark.mark());
      sink.position(new SourcePosition(chapters, offset, labels.of(mark.page()), ""));
    }
    for (int i = 0; i < chapter.notes().size(); i++) {
      Footnote note = chapter.notes().get(i);
      int offset = chapter.text().offsetOf(chapter.text().noteMarks().get(i));
      sink.note(new Note(chapters, note.label(), offset, note.text()));
    }
    for (EntryMark mark : chapter.entries()) {
      int offset = chapter.text().offsetOf(mark.mark());
      entryPlaces.putIfAbsent(mark.entry(), new Place(chapters, offset));
    }
    if (chapter.text().truncated()) {
      sink.warning(
          new Warning(
              "CHAPTER_CUT",
              "chapter " + chapters,
              "The chapter is too long; its end is missing."));
      sink.degraded();
    }
  }

  /**
   * Ends the last chapter and hands over the contents.
   *
   * @param outline the entries whose places were marked by their index
   */
  void finish(List<Outline.Entry> outline) throws IOException {
    if (chapters == 0 && open == null) {
      startChapter("", true);
    }
    finishChapter(page);
    if (chapters == 0) {
      write(new Open("", newText(), 1, List.of(), List.of(), List.of()), Math.max(1, page));
    }
    for (int i = 0; i < outline.size(); i++) {
      Outline.Entry entry = outline.get(i);
      Place place = entryPlaces.getOrDefault(i, new Place(0, 0));
      sink.contents(
          new ContentsEntry(entry.title(), entry.depth(), place.chapter(), place.offset()));
    }
    for (ContentsEntry heading : headings) {
      sink.contents(heading);
    }
  }
}
