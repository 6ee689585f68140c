package dev.scriptorium.booktext;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.plugin.SourcePosition;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Keeps all that a parser hands over, and refuses what a runner would refuse. */
public final class RecordedBook implements BookSink {
  public final List<Metadata> metadata = new ArrayList<>();
  public final List<Chapter> chapters = new ArrayList<>();
  public final List<ContentsEntry> contents = new ArrayList<>();
  public final List<Image> images = new ArrayList<>();
  public final List<Note> notes = new ArrayList<>();
  public final List<SourcePosition> positions = new ArrayList<>();
  public final List<Warning> warnings = new ArrayList<>();
  public boolean degraded;

  private final List<Integer> codePoints = new ArrayList<>();
  private final long maxKept;
  private long kept;

  /** Keeps everything. */
  public RecordedBook() {
    this(Long.MAX_VALUE);
  }

  /**
   * Keeps no more than a heap can hold.
   *
   * @param maxKept characters of chapters and bytes of pictures, after which both are kept empty
   */
  public RecordedBook(long maxKept) {
    this.maxKept = maxKept;
  }

  /** What a handler makes of a job. */
  public static RecordedBook of(JobHandler handler, ParseJob job)
      throws JobFailure, IOException, InterruptedException {
    RecordedBook book = new RecordedBook();
    handler.handle(job, book);
    return book;
  }

  /** All texts, to be searched for what must not be there. */
  public String everything() {
    List<String> all = chapters.stream().map(RecordedBook::everything).toList();
    return metadata + text() + all + warnings + contents + notes + positions;
  }

  /** The map byte by byte: an array says only which one it is. */
  private static String everything(Chapter chapter) {
    return chapter.toString().replaceFirst("sourceMap=.*]$", "sourceMap=")
        + HexFormat.of().formatHex(chapter.sourceMap());
  }

  /** Texts of the chapters, each followed by a blank line. */
  public String text() {
    StringBuilder text = new StringBuilder();
    chapters.forEach(chapter -> text.append(chapter.text()).append("\n\n"));
    return text.toString();
  }

  /** Reasons of the warnings, each once. */
  public List<String> reasons() {
    return warnings.stream().map(Warning::reason).distinct().toList();
  }

  /** The picture of a name. */
  public Optional<Image> image(String resource) {
    return images.stream().filter(image -> image.resource().equals(resource)).findFirst();
  }

  /** Text of a chapter from an offset in code points. */
  public String from(int chapter, int offset) {
    String text = chapters.get(chapter - 1).text();
    return text.substring(text.offsetByCodePoints(0, offset));
  }

  @Override
  public void metadata(Metadata found) {
    require(metadata.isEmpty(), "metadata for the second time");
    metadata.add(found);
  }

  @Override
  public void chapter(Chapter chapter) {
    require(chapter.ordinal() == chapters.size() + 1, "chapter out of order: " + chapter.ordinal());
    kept += chapter.text().length() + chapter.html().length();
    chapters.add(kept <= maxKept ? chapter : withoutText(chapter));
    codePoints.add(chapter.text().codePointCount(0, chapter.text().length()));
  }

  @Override
  public void contents(ContentsEntry entry) {
    require(entry.depth() >= 0, "depth " + entry.depth());
    if (entry.chapter() == 0) {
      require(entry.chapterOffset() == 0, "an offset without a chapter");
    } else {
      requirePlace(entry.chapter(), entry.chapterOffset());
    }
    contents.add(entry);
  }

  @Override
  public void image(Image image) throws IOException {
    byte[] bytes = image.bytes();
    require(bytes.length > 0 && !image.resource().isEmpty(), "empty picture");
    require(image.width() >= 0 && image.height() >= 0, "picture of negative size");
    kept += bytes.length;
    images.add(with(image, kept <= maxKept ? bytes : new byte[0]));
  }

  @Override
  public void note(Note note) {
    requirePlace(note.chapter(), note.referenceOffset());
    notes.add(note);
  }

  @Override
  public void position(SourcePosition position) {
    requirePlace(position.chapter(), position.chapterOffset());
    positions.add(position);
  }

  @Override
  public void warning(Warning warning) {
    warnings.add(warning);
  }

  @Override
  public void passage(Passage passage) {
    throw new IllegalStateException("a parser finds no passages");
  }

  @Override
  public void mention(Mention mention) {
    throw new IllegalStateException("a parser finds no mentions");
  }

  @Override
  public void entity(Entity entity) {
    throw new IllegalStateException("a parser finds no entities");
  }

  @Override
  public void quotation(Quotation quotation) {
    throw new IllegalStateException("a parser finds no quotations");
  }

  @Override
  public void chapterFacts(int chapter, Facts facts) {
    throw new IllegalStateException("a parser finds no facts");
  }

  @Override
  public void bookFacts(Facts facts) {
    throw new IllegalStateException("a parser finds no facts");
  }

  @Override
  public void degraded() {
    degraded = true;
  }

  private static Chapter withoutText(Chapter all) {
    return new Chapter(
        all.ordinal(),
        all.title(),
        all.source(),
        "",
        "",
        all.wordCount(),
        all.language(),
        all.linear(),
        all.firstPage(),
        all.lastPage());
  }

  private static Image with(Image image, byte[] bytes) {
    return new Image(image.resource(), image.mediaType(), image.width(), image.height(), bytes);
  }

  private void requirePlace(int chapter, int offset) {
    require(chapter >= 1 && chapter <= codePoints.size(), "no chapter " + chapter);
    require(offset >= 0 && offset <= codePoints.get(chapter - 1), "no offset " + offset);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
