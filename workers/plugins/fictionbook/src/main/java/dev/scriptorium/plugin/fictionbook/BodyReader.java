package dev.scriptorium.plugin.fictionbook;

import dev.scriptorium.booktext.CanonicalText;
import dev.scriptorium.booktext.ChapterContent;
import dev.scriptorium.booktext.ChapterContent.NoteReference;
import dev.scriptorium.booktext.ChapterWalk;
import dev.scriptorium.booktext.HeadingContents;
import dev.scriptorium.booktext.HtmlAllowList;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.LinkResolver;
import dev.scriptorium.booktext.MarkupAttributes;
import dev.scriptorium.booktext.MarkupHandler;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.Warning;
import dev.scriptorium.positions.SourcePath;
import dev.scriptorium.positions.SpinePlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Second reading: hands over the chapters as they end, and keeps contents and notes for the end.
 * Throws {@link UncheckedIOException} when the sink does.
 */
final class BodyReader implements MarkupHandler {
  private final Limits limits;
  private final Survey survey;
  private final JobContext job;
  private final BookSink sink;
  private final ChapterCounter counter = new ChapterCounter();
  private final HeadingContents contents;
  private final BlockPositions positions;
  private final SourcePath path = new SourcePath();
  private final List<PendingNote> references = new ArrayList<>();
  private final Map<String, String> notes = new HashMap<>();
  private int noteCodePoints;
  private int ordinal;
  private boolean stopped;
  private boolean full;
  private @Nullable ChapterWalk walk;
  private @Nullable Translation translation;
  private @Nullable NoteText note;

  BodyReader(Limits limits, Survey survey, JobContext job, BookSink sink) {
    this.limits = limits;
    this.survey = survey;
    this.job = job;
    this.sink = sink;
    this.contents = new HeadingContents(limits.contentsEntries());
    this.positions = new BlockPositions(sink, limits);
  }

  @Override
  public void start(String element, MarkupAttributes attributes) {
    counter.start(element, attributes);
    positions.start(element);
    path.start(element);
    if (counter.opened()) {
      finishChapter();
      path.restart();
      stopped = stopped || job.stopRequested();
      full = full || ordinal == limits.chapters();
    }
    if (counter.opened() && !stopped && !full) {
      ChapterWalk begun = new ChapterWalk(limits, new Links(), id -> false, path);
      walk = begun;
      translation = new Translation(begun);
    }
    if (counter.inNoteBody()) {
      startInNotes(element, attributes);
    } else if (counter.inChapter() && translation != null && walk != null) {
      translation.start(element, attributes);
      positions.mark(element, walk);
    }
  }

  @Override
  public void text(char[] chars, int offset, int length) {
    if (note != null) {
      note.text(chars, offset, length);
    } else if (counter.inChapter() && translation != null) {
      translation.text(chars, offset, length);
    }
  }

  @Override
  public void tooDeep() {
    if (walk != null) {
      walk.tooDeep();
    }
  }

  @Override
  public void unknownEntity(String name) {
    if (walk != null) {
      walk.unknownEntity(name);
    }
  }

  @Override
  public void end(String element) {
    if (note != null) {
      endInNotes(element);
    } else if (counter.inChapter() && translation != null) {
      translation.end();
      if (translation.isOver() && element.equals("section")) {
        finishChapter();
      }
    }
    counter.end(element);
    positions.end();
    path.end();
    if (counter.depth() < 2) {
      finishChapter();
    }
  }

  /** Hands over what belongs to the whole book. */
  void deliverNotesAndContents() throws IOException {
    if (stopped) {
      sink.degraded();
      sink.warning(new Warning("STOPPED", source(ordinal + 1), "The job was stopped here"));
    }
    if (full) {
      sink.degraded();
      String message = "Sections from here on are left out: chapters=" + limits.chapters();
      sink.warning(new Warning("CHAPTER_LIMIT", source(ordinal + 1), message));
    }
    for (ContentsEntry entry : contents.entries()) {
      sink.contents(entry);
    }
    for (PendingNote pending : references) {
      String text = notes.get(pending.id);
      if (text != null) {
        sink.note(new Note(pending.chapter, pending.label, pending.offset, text));
      }
    }
  }

  private void startInNotes(String element, MarkupAttributes attributes) {
    String id = attributes.getOrEmpty("id");
    if (note == null && element.equals("section") && !id.isEmpty()) {
      note = new NoteText(id, new CanonicalText(limits.chapterCodePoints()), counter.depth());
    } else if (note != null) {
      note.start(element);
    }
  }

  private void endInNotes(String element) {
    NoteText ended = note;
    if (ended == null) {
      return;
    }
    if (counter.depth() > ended.depth()) {
      ended.end(element);
      return;
    }
    String text = ended.finish();
    noteCodePoints += text.length();
    if (noteCodePoints <= limits.noteCodePoints()) {
      notes.putIfAbsent(ended.id(), text);
    }
    note = null;
  }

  private void finishChapter() {
    ChapterWalk ended = walk;
    if (ended == null) {
      return;
    }
    walk = null;
    translation = null;
    try {
      deliver(ended.finish());
      positions.deliver(ordinal, ended);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deliver(ChapterContent content) throws IOException {
    ordinal++;
    String title = content.headings().isEmpty() ? "" : content.headings().getFirst().title();
    sink.chapter(
        new Chapter(
            ordinal,
            title,
            source(ordinal),
            content.text(),
            content.html(),
            content.words(),
            content.language(),
            true,
            0,
            0,
            content.origin().in(SpinePlace.ALONE).encode()));
    warn(content);
    contents.add(ordinal, content.headings());
    for (NoteReference reference : content.references()) {
      String id = reference.target().substring(reference.target().indexOf('#') + 1);
      references.add(new PendingNote(ordinal, reference.label(), reference.offset(), id));
    }
    job.progress(
        0.2 + 0.6 * ordinal / Math.max(ordinal, survey.chapters()),
        "chapter %d of %d".formatted(ordinal, survey.chapters()));
  }

  private void warn(ChapterContent content) throws IOException {
    String place = source(ordinal);
    if (content.truncated()) {
      sink.degraded();
      String limit = "chapter_code_points=" + limits.chapterCodePoints();
      sink.warning(
          new Warning("CHAPTER_TRUNCATED", place, "Text beyond the limit is left out: " + limit));
    }
    if (content.flattened()) {
      String limit = "xml_depth=" + limits.xmlDepth();
      sink.warning(new Warning("CHAPTER_TOO_DEEP", place, "Deep markup is left out: " + limit));
    }
    if (!content.unknownEntities().isEmpty()) {
      String names = String.join(", ", content.unknownEntities());
      sink.warning(new Warning("ENTITY_UNKNOWN", place, "Entities are left out: " + names));
    }
  }

  private static String source(int chapter) {
    return "chapter-" + chapter;
  }

  private record PendingNote(int chapter, String label, int offset, String id) {}

  /** Links lead to elements of the same document, which may stand in another chapter. */
  private final class Links implements LinkResolver {
    @Override
    public Optional<String> link(String href) {
      if (!href.startsWith("#")) {
        return HtmlAllowList.externalHref(href);
      }
      int chapter = survey.chapterOf(href.substring(1));
      boolean elsewhere = chapter > 0 && chapter != ordinal + 1;
      return Optional.of(elsewhere ? source(chapter) + href : href);
    }

    @Override
    public Optional<String> image(String src) {
      return src.startsWith("#") ? Optional.of(src.substring(1)) : Optional.empty();
    }
  }
}
