package dev.scriptorium.loadtest.analysis;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** A novel of 100,000 words tagged, and read as a whole, by the library and by the plugin. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TaggingBenchmark {
  @SuppressWarnings("NullAway.Init")
  private Reading reading;

  /** Loads models and text. */
  @Setup(Level.Trial)
  public void load() throws IOException {
    reading = new Reading();
  }

  /** The library's tagger: what the other two are held against. */
  @Benchmark
  public int libraryTags() {
    return reading.libraryTags();
  }

  /** Words remembered. */
  @Benchmark
  public int warmTags() {
    return reading.warmTags();
  }

  /** No word remembered. */
  @Benchmark
  public int coldTags() {
    return reading.coldTags();
  }

  /** The library's sentences, tokens and tags. */
  @Benchmark
  public int libraryText() {
    return reading.libraryText();
  }

  /** Sentences, tokens and tags, words remembered. */
  @Benchmark
  public int warmText() {
    return reading.warmText();
  }

  /** Sentences, tokens and tags, no word remembered. */
  @Benchmark
  public int coldText() {
    return reading.coldText();
  }
}
