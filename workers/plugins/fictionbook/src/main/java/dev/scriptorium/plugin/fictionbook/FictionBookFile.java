package dev.scriptorium.plugin.fictionbook;

import dev.scriptorium.booktext.BookArchive;
import dev.scriptorium.booktext.BoundedInput;
import dev.scriptorium.booktext.HardenedXml;
import dev.scriptorium.booktext.LimitReached;
import dev.scriptorium.booktext.Limits;
import dev.scriptorium.booktext.MalformedXml;
import dev.scriptorium.booktext.MarkupHandler;
import dev.scriptorium.booktext.TolerantMarkup;
import dev.scriptorium.plugin.JobFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A FictionBook that can be read more than once, from a file or from an archive. */
final class FictionBookFile implements Closeable {
  private final Path file;
  private final Limits limits;
  private final HardenedXml xml;
  private final TolerantMarkup tolerant;
  private final @Nullable BookArchive archive;
  private final String entry;
  private boolean wellFormed = true;

  private FictionBookFile(
      Path file,
      Limits limits,
      HardenedXml xml,
      TolerantMarkup tolerant,
      @Nullable BookArchive archive,
      String entry) {
    this.file = file;
    this.limits = limits;
    this.xml = xml;
    this.tolerant = tolerant;
    this.archive = archive;
    this.entry = entry;
  }

  /**
   * Opens a document, or the archive that holds one.
   *
   * @throws JobFailure when the file is empty, or an archive without a FictionBook
   */
  static FictionBookFile open(Path file, Limits limits, HardenedXml xml, TolerantMarkup tolerant)
      throws JobFailure, IOException {
    if (Files.size(file) == 0) {
      throw new JobFailure(JobFailure.Reason.FILE_EMPTY, "The file has no bytes");
    }
    if (!isArchive(file)) {
      return new FictionBookFile(file, limits, xml, tolerant, null, "");
    }
    BookArchive archive = BookArchive.open(file, limits);
    String entry =
        archive.names().stream()
            .filter(name -> name.regionMatches(true, name.length() - 4, ".fb2", 0, 4))
            .min(String::compareTo)
            .orElse("");
    if (entry.isEmpty()) {
      archive.close();
      throw new JobFailure(
          JobFailure.Reason.FORMAT_UNSUPPORTED, "The archive holds no FictionBook");
    }
    return new FictionBookFile(file, limits, xml, tolerant, archive, entry);
  }

  private static boolean isArchive(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }

  /**
   * Reads the document for the first time, and learns whether it is well-formed.
   *
   * @param handlers gives a new handler for every attempt
   * @throws JobFailure when it cannot be read at all
   */
  <T extends MarkupHandler> T survey(Supplier<T> handlers) throws JobFailure, IOException {
    try (InputStream in = new PartedRuns(stream())) {
      T handler = handlers.get();
      xml.read(in, handler);
      return handler;
    } catch (MalformedXml e) {
      wellFormed = false;
    }
    T handler = handlers.get();
    readTolerantly(handler);
    return handler;
  }

  /** Reads the document once more. */
  void read(MarkupHandler handler) throws JobFailure, IOException {
    if (!wellFormed) {
      readTolerantly(handler);
      return;
    }
    try (InputStream in = new PartedRuns(stream())) {
      xml.read(in, handler);
    } catch (MalformedXml e) {
      throw new IOException("the file changed while it was read", e);
    }
  }

  /** False when the document had to be repaired; known after the survey. */
  boolean wellFormed() {
    return wellFormed;
  }

  private void readTolerantly(MarkupHandler handler) throws JobFailure, IOException {
    try (InputStream in =
        new BoundedInput(stream(), limits.treeBytes(), "tree_bytes", "the document")) {
      tolerant.readXml(Encoding.corrected(in.readAllBytes()), handler);
    } catch (LimitReached e) {
      throw new JobFailure(
          JobFailure.Reason.FILE_CORRUPT,
          "The document is not well-formed and too large to be repaired",
          e.limit());
    }
  }

  private InputStream stream() throws IOException {
    int max = (int) Math.min(Integer.MAX_VALUE, limits.unpackedBytes());
    return archive == null
        ? new BoundedInput(Files.newInputStream(file), max, "unpacked_bytes", "the document")
        : archive.stream(entry, max);
  }

  @Override
  public void close() throws IOException {
    if (archive != null) {
      archive.close();
    }
  }
}
