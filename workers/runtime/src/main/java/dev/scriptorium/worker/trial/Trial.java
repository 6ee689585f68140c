package dev.scriptorium.worker.trial;

import com.google.protobuf.ByteString;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.worker.files.FileTree;
import dev.scriptorium.worker.files.JobDirectory;
import dev.scriptorium.worker.pack.PackReader;
import dev.scriptorium.worker.v1.ChapterResult;
import dev.scriptorium.worker.v1.Input;
import dev.scriptorium.worker.v1.JobFile;
import dev.scriptorium.worker.v1.ResultItem;
import dev.scriptorium.worker.v1.StartJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the jobs of one file, as a server would order them. Deletes what they left when closed. */
final class Trial implements AutoCloseable {
  /** Words of a slice for analysis, as the server cuts them. */
  private static final int SLICE_WORDS = 20_000;

  private final TrialRunner runner;
  private final Path jobs;
  private final Path book;
  private final Reading reading;
  private final List<Path> made = new ArrayList<>();
  private String language;

  /**
   * How a file is read.
   *
   * @param mediaType what it is
   * @param language the book's; empty: the one it states
   * @param plain true: {@code analyze} takes the file as one chapter of UTF-8 text, unparsed
   * @param mode of {@code analyze}: how the members work together
   */
  record Reading(String mediaType, String language, boolean plain, String mode) {
    private String options() {
      return "mode=" + mode + (plain ? " breaks=spaces" : "");
    }
  }

  /**
   * @param jobs existing folder for the directories of jobs
   */
  Trial(TrialRunner runner, Path jobs, Path book, Reading reading) {
    this.runner = runner;
    this.jobs = jobs;
    this.book = book;
    this.reading = reading;
    this.language = reading.language();
  }

  /**
   * Runs a job of this kind, and those it needs before.
   *
   * @return the last job's result; of {@code analyze} that of the summary, with the book's pack
   * @throws TrialException when one of the jobs does not succeed
   */
  TrialResult run(String kind) throws TrialException, IOException, InterruptedException {
    return switch (kind) {
      case JobKinds.ANALYZE, JobKinds.SUMMARIZE -> analyze();
      default -> onFile(kind);
    };
  }

  private TrialResult onFile(String kind) throws TrialException, IOException, InterruptedException {
    return run(kind, List.of(new Source(Input.Kind.KIND_BOOK_FILE, book)), 0, 0);
  }

  private TrialResult analyze() throws TrialException, IOException, InterruptedException {
    TrialResult parsed =
        reading.plain() ? new PlainBook(book).pack(directory()) : onFile(JobKinds.PARSE);
    if (language.isEmpty() && !reading.plain()) {
      language = parsed.metadata().getLanguagesList().stream().findFirst().orElse("");
    }
    Source pack = new Source(Input.Kind.KIND_PACK, parsed.pack());
    List<Source> sources = new ArrayList<>(List.of(pack));
    TrialResult before = parsed;
    for (Slice slice : slices(parsed.pack())) {
      TrialResult found = run(JobKinds.ANALYZE, List.of(pack), slice.first(), slice.last());
      sources.add(new Source(Input.Kind.KIND_RESULT, found.result()));
      before = found.after(before);
    }
    return run(JobKinds.SUMMARIZE, sources, 0, 0).after(before);
  }

  @Override
  public void close() throws IOException {
    for (Path directory : made) {
      FileTree.delete(directory);
    }
  }

  private JobDirectory directory() throws IOException {
    Path directory = jobs.resolve("job-" + made.size());
    made.add(directory);
    return JobDirectory.create(directory);
  }

  private record Source(Input.Kind kind, Path file) {}

  private record Slice(int first, int last) {}

  private TrialResult run(String kind, List<Source> sources, int first, int last)
      throws TrialException, IOException, InterruptedException {
    JobDirectory directory = directory();
    StartJob.Builder start =
        StartJob.newBuilder()
            .setKind(kind)
            .setMediaType(reading.mediaType())
            .setFileName(String.valueOf(book.getFileName()))
            .setLanguage(language)
            .setFirstChapter(first)
            .setLastChapter(last);
    if (kind.equals(JobKinds.ANALYZE)) {
      start.setPayload(ByteString.copyFromUtf8(reading.options()));
    }
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      Files.copy(source.file(), directory.input(i));
      start.addInputs(
          JobFile.newBuilder().setKind(source.kind()).setName(JobDirectory.inputName(i)));
    }
    TrialRunner.End end = runner.run(start, directory);
    return new TrialResult(
        directory.path().resolve(JobDirectory.RESULT),
        directory.path().resolve(JobDirectory.PACK),
        end.finished().getPackBytes() > 0,
        end.finished().getDegraded(),
        end.stats());
  }

  private static List<Slice> slices(Path pack) throws IOException {
    List<Slice> slices = new ArrayList<>();
    int first = 0;
    int last = 0;
    int words = 0;
    try (PackReader reader = new PackReader(pack)) {
      for (ResultItem item : reader.index()) {
        if (item.hasChapter()) {
          ChapterResult chapter = item.getChapter();
          first = first == 0 ? chapter.getOrdinal() : first;
          last = chapter.getOrdinal();
          words += chapter.getWordCount();
          if (words >= SLICE_WORDS) {
            slices.add(new Slice(first, last));
            first = 0;
            words = 0;
          }
        }
      }
    }
    if (first > 0) {
      slices.add(new Slice(first, last));
    }
    return slices;
  }
}
