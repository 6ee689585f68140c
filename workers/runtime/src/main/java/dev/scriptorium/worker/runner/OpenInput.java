package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.worker.pack.PackReader;
import dev.scriptorium.worker.v1.Input;
import dev.scriptorium.worker.v1.JobFile;
import dev.scriptorium.worker.v1.StartJob;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a job, opened as what the handler reads. Used by the job thread alone. */
record OpenInput(JobInput input, ChapterSizes sizes, @Nullable PackReader pack)
    implements Closeable {

  /**
   * Opens what a job reads: the book file; or the pack, for a slice when the job names one, else
   * for the whole book with the results of its slices. A job without files reads nothing.
   */
  static OpenInput of(StartJob request) throws IOException {
    if (request.getInputsCount() == 0) {
      return new OpenInput(new JobInput.Nothing(), new ChapterSizes(), null);
    }
    List<Path> books = files(request, Input.Kind.KIND_BOOK_FILE);
    if (!books.isEmpty()) {
      JobInput file = new JobInput.BookFile(books.getFirst(), request.getFileName());
      return new OpenInput(file, new ChapterSizes(), null);
    }
    List<Path> packs = files(request, Input.Kind.KIND_PACK);
    if (packs.isEmpty()) {
      throw new IOException("job without a book file and without a pack");
    }
    PackReader pack = new PackReader(packs.getFirst());
    try {
      return ofPack(request, pack);
    } catch (IOException | RuntimeException e) {
      pack.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (pack != null) {
      pack.close();
    }
  }

  private static OpenInput ofPack(StartJob request, PackReader pack) throws IOException {
    boolean slice = request.getFirstChapter() > 0;
    PackText text =
        slice
            ? PackText.slice(pack, request.getFirstChapter(), request.getLastChapter())
            : PackText.slice(pack, 1, Integer.MAX_VALUE);
    JobInput input =
        slice ? text : new ResultFindings(text, files(request, Input.Kind.KIND_RESULT));
    return new OpenInput(input, text.sizes(), pack);
  }

  private static List<Path> files(StartJob request, Input.Kind kind) {
    Path directory = Path.of(request.getDirectory());
    return request.getInputsList().stream()
        .filter(file -> file.getKind() == kind)
        .map(JobFile::getName)
        .map(directory::resolve)
        .toList();
  }
}
