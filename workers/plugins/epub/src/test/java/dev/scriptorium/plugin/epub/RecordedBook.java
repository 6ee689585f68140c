package dev.scriptorium.plugin.epub;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.SourcePosition;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a handler on a file and keeps all that it hands over. */
final class RecordedBook implements BookSink {
  private static final EpubHandler HANDLER = new EpubHandler();

  final List<Metadata> metadata = new ArrayList<>();
  final List<Chapter> chapters = new ArrayList<>();
  final List<ContentsEntry> contents = new ArrayList<>();
  final List<Image> images = new ArrayList<>();
  final List<Note> notes = new ArrayList<>();
  final List<SourcePosition> positions = new ArrayList<>();
  final List<Warning> warnings = new ArrayList<>();
  boolean degraded;

  static RecordedBook of(String kind, Path file) throws JobFailure, IOException {
    RecordedBook book = new RecordedBook();
    run(kind, file, book);
    return book;
  }

  static void run(String kind, Path file, BookSink sink) throws JobFailure, IOException {
    HANDLER.handle(new Job(kind, file), sink);
  }

  String everything() {
    return metadata + text() + chapters + warnings + contents + notes;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    chapters.forEach(chapter -> text.append(chapter.text()).append("\n\n"));
    return text.toString();
  }

  List<String> reasons() {
    return warnings.stream().map(Warning::reason).distinct().toList();
  }

  Optional<Image> image(String resource) {
    return images.stream().filter(image -> image.resource().equals(resource)).findFirst();
  }

  /** Text of a chapter from an offset in code points. */
  String from(int chapter, int offset) {
    String text = chapters.get(chapter - 1).text();
    return text.substring(text.offsetByCodePoints(0, offset));
  }

  @Override
  public void metadata(Metadata found) {
    metadata.add(found);
  }

  @Override
  public void chapter(Chapter chapter) {
    chapters.add(chapter);
  }

  @Override
  public void contents(ContentsEntry entry) {
    contents.add(entry);
  }

  @Override
  public void image(Image image) {
    images.add(image);
  }

  @Override
  public void note(Note note) {
    notes.add(note);
  }

  @Override
  public void position(SourcePosition position) {
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
  public void degraded() {
    degraded = true;
  }

  private record Job(String kind, Path file) implements JobContext {
    @Override
    public String mediaType() {
      return "application/epub+zip";
    }

    @Override
    public String language() {
      return "";
    }

    @Override
    public JobInput input() {
      return new JobInput.BookFile(file, "book.epub");
    }

    @Override
    public Path scratch() {
      throw new IllegalStateException("nothing is written");
    }

    @Override
    public void progress(double fraction, String activity) {
      if (fraction < 0 || fraction > 1 || activity.length() > 100) {
        throw new IllegalArgumentException(fraction + " " + activity);
      }
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }
}
