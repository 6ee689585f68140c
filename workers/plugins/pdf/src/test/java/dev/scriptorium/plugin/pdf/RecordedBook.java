package dev.scriptorium.plugin.pdf;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.ContentsEntry;
import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Facts;
import dev.scriptorium.plugin.Image;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Note;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.Quotation;
import dev.scriptorium.plugin.SourcePosition;
import dev.scriptorium.plugin.Warning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What a job handed over, kept for looking at. */
final class RecordedBook implements BookSink {
  final List<Metadata> metadata = new ArrayList<>();
  final List<Chapter> chapters = new ArrayList<>();
  final List<ContentsEntry> contents = new ArrayList<>();
  final List<Image> images = new ArrayList<>();
  final List<Note> notes = new ArrayList<>();
  final List<SourcePosition> positions = new ArrayList<>();
  final List<Warning> warnings = new ArrayList<>();
  boolean degraded;

  static RecordedBook parse(Path file, Path scratch) throws JobFailure, IOException {
    return run(JobKinds.PARSE, file, scratch, PdfLimits.DEFAULT, () -> false);
  }

  static RecordedBook inspect(Path file, Path scratch) throws JobFailure, IOException {
    return run(JobKinds.INSPECT, file, scratch, PdfLimits.DEFAULT, () -> false);
  }

  static RecordedBook run(
      String kind, Path file, Path scratch, PdfLimits limits, BooleanSupplier stop)
      throws JobFailure, IOException {
    return run(kind, file, scratch, limits, stop, 1);
  }

  static RecordedBook run(
      String kind, Path file, Path scratch, PdfLimits limits, BooleanSupplier stop, int threads)
      throws JobFailure, IOException {
    RecordedBook book = new RecordedBook();
    Path folder = Files.createTempDirectory(scratch, "job");
    new PdfHandler(limits, InstantSource.system(), threads)
        .handle(new TestJob(kind, new JobInput.BookFile(file, "book.pdf"), folder, stop), book);
    return book;
  }

  Metadata onlyMetadata() {
    return metadata.getFirst();
  }

  String text() {
    return chapters.stream().map(Chapter::text).collect(Collectors.joining("\n\n"));
  }

  Optional<Image> image(String resource) {
    return images.stream().filter(image -> image.resource().equals(resource)).findFirst();
  }

  List<String> warningReasons() {
    return warnings.stream().map(Warning::reason).toList();
  }

  /** The text of a chapter from an offset in code points. */
  String textFrom(int chapter, int offset) {
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
    throw new AssertionError("a PDF has no passages");
  }

  @Override
  public void mention(Mention mention) {
    throw new AssertionError("a PDF has no mentions");
  }

  @Override
  public void entity(Entity entity) {
    throw new AssertionError("a PDF has no entities");
  }

  @Override
  public void quotation(Quotation quotation) {
    throw new AssertionError("a PDF has no quotations");
  }

  @Override
  public void chapterFacts(int chapter, Facts facts) {
    throw new AssertionError("a PDF has no facts");
  }

  @Override
  public void bookFacts(Facts facts) {
    throw new AssertionError("a PDF has no facts");
  }

  @Override
  public void degraded() {
    degraded = true;
  }

  private record TestJob(String kind, JobInput input, Path scratch, BooleanSupplier stop)
      implements JobContext {
    @Override
    public String mediaType() {
      return "application/pdf";
    }

    @Override
    public String language() {
      return "";
    }

    @Override
    public void progress(double fraction, String activity) {
      if (!(fraction >= 0 && fraction <= 1)) {
        throw new AssertionError("progress " + fraction);
      }
    }

    @Override
    public boolean stopRequested() {
      return stop.getAsBoolean();
    }
  }
}
