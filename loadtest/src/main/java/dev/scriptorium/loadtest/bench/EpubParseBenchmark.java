package dev.scriptorium.loadtest.bench;

import dev.scriptorium.loadtest.system.GeneratedBook;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.epub.EpubHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Parsing a novel of 120,000 words; the floor is inflating its entries and nothing else. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EpubParseBenchmark {
  private final EpubHandler handler = new EpubHandler();
  private final byte[] buffer = new byte[64 * 1024];

  @SuppressWarnings("NullAway.Init")
  private Path novel;

  /** Writes the novel. */
  @Setup(Level.Trial)
  public void writeNovel() throws IOException {
    novel = Files.createTempFile("novel", ".epub");
    GeneratedBook.write(novel, "Novel", 40, 3000, 1);
  }

  /** Deletes the novel. */
  @TearDown(Level.Trial)
  public void deleteNovel() throws IOException {
    Files.delete(novel);
  }

  /** Chapters as canonical text and safe HTML, with contents. */
  @Benchmark
  public long parse() throws IOException, InterruptedException, JobFailure {
    CountingSink sink = new CountingSink();
    handler.handle(
        new FileJob(novel, "application/epub+zip", novel.resolveSibling("scratch")), sink);
    return sink.characters();
  }

  /** The floor. */
  @Benchmark
  public long inflate() throws IOException {
    long bytes = 0;
    try (ZipFile zip = new ZipFile(novel.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes += read;
          }
        }
      }
    }
    return bytes;
  }
}
