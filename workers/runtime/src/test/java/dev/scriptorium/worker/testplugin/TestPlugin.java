package dev.scriptorium.worker.testplugin;

import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.Capability;
import dev.scriptorium.plugin.Chapter;
import dev.scriptorium.plugin.DependencyFailure;
import dev.scriptorium.plugin.JobContext;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobHandler;
import dev.scriptorium.plugin.JobInput;
import dev.scriptorium.plugin.JobKinds;
import dev.scriptorium.plugin.Metadata;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.TextRange;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Behaves as the kind of the job says. */
public final class TestPlugin implements JobHandler {
  /** Kinds beyond parse, analyze and summarize. */
  public static final List<String> KINDS =
      List.of(
          JobKinds.PARSE,
          JobKinds.ANALYZE,
          JobKinds.SUMMARIZE,
          "obey",
          "refuse",
          "defect",
          "nest",
          "fill-heap",
          "fill-heap-in-thread",
          "fill-direct",
          "fill-native",
          "halt",
          "hang",
          "wait",
          "partial",
          "print",
          "echo",
          "save",
          "depend",
          "flood");

  private final AtomicLong sum = new AtomicLong();

  @Override
  public Set<Capability> capabilities() {
    return KINDS.stream().map(kind -> new Capability(kind, "*")).collect(Collectors.toSet());
  }

  @Override
  public void handle(JobContext job, BookSink sink)
      throws JobFailure, IOException, InterruptedException {
    switch (job.kind()) {
      case JobKinds.PARSE -> parse(job, sink);
      case JobKinds.ANALYZE -> analyze(job, sink);
      case JobKinds.SUMMARIZE -> summarize(job, sink);
      case "obey" -> obey(job, sink);
      case "refuse" ->
          throw new JobFailure(
              JobFailure.Reason.LIMIT_EXCEEDED, "the archive has too many entries", "entries=10");
      case "defect" -> throw new IllegalStateException("secret words of the book");
      case "nest" -> sum.set(nest(1));
      case "fill-heap" -> fillHeap();
      case "fill-heap-in-thread" -> fillHeapInThread();
      case "fill-direct" -> fillDirect();
      case "fill-native" -> fillNative(job);
      case "halt" -> Runtime.getRuntime().halt(7);
      case "hang" -> hang(job);
      case "wait" -> await(job);
      case "partial" -> partial(job, sink);
      case "print" -> System.out.println("not a frame");
      case "flood" -> flood();
      case "echo" -> echo(job, sink);
      case "save" -> save(job);
      case "depend" -> throw new DependencyFailure("ocr", "no answer within 5 s");
      default -> throw new IllegalArgumentException(job.kind());
    }
  }

  private static void parse(JobContext job, BookSink sink) throws IOException {
    JobInput.BookFile file = (JobInput.BookFile) job.input();
    List<String> texts = Files.readAllLines(file.path());
    sink.metadata(Metadata.of("TEST 1", file.fileName()));
    for (int i = 0; i < texts.size(); i++) {
      job.progress((double) i / texts.size(), "chapter " + (i + 1));
      String text = texts.get(i);
      sink.chapter(
          new Chapter(
              i + 1, "", "line " + (i + 1), text, "<p>" + text + "</p>", 0, "", true, 0, 0));
    }
  }

  /** Does what the file says. */
  private static void obey(JobContext job, BookSink sink) throws IOException, JobFailure {
    switch (Files.readString(((JobInput.BookFile) job.input()).path())) {
      case "halt" -> Runtime.getRuntime().halt(7);
      case "refuse" ->
          throw new JobFailure(JobFailure.Reason.LIMIT_EXCEEDED, "the file says so", "files=0");
      default -> parse(job, sink);
    }
  }

  private static void analyze(JobContext job, BookSink sink) throws IOException {
    JobInput.BookText book = (JobInput.BookText) job.input();
    List<String> reasons = List.of(new String(job.payload(), StandardCharsets.UTF_8));
    for (JobInput.ChapterInfo chapter : book.chapters()) {
      String text = book.text(chapter.ordinal());
      TextRange all = new TextRange(chapter.ordinal(), 0, chapter.codePoints());
      sink.passage(new Passage(Passage.Type.LOCATION, all, text, 50, 0.5, reasons));
    }
  }

  private static void summarize(JobContext job, BookSink sink) throws IOException {
    for (Passage passage : ((JobInput.BookFindings) job.input()).passages()) {
      sink.passage(passage);
    }
  }

  private static long nest(long depth) {
    return depth < 0 ? 0 : depth + nest(depth + 1);
  }

  /** A chain from which everything can be reached. */
  private record Link(@Nullable Link before, Object content) {}

  private static void fillHeap() {
    for (Link chain = null; ; ) {
      chain = new Link(chain, new byte[1 << 20]);
    }
  }

  private static void fillHeapInThread() throws InterruptedException {
    Thread filling = new Thread(TestPlugin::fillHeap);
    filling.start();
    filling.join();
  }

  private static void fillDirect() {
    for (Link chain = null; ; ) {
      chain = new Link(chain, ByteBuffer.allocateDirect(1 << 20));
    }
  }

  /** Memory that neither the heap's limit nor that of direct buffers covers. */
  private static void fillNative(JobContext job) {
    while (!job.stopRequested()) {
      Arena.global().allocate(1 << 20).fill((byte) 1);
      job.progress(0.5, "filling");
    }
  }

  private void hang(JobContext job) {
    job.progress(0.1, "the last sign");
    while (sum.incrementAndGet() != 0) {
      Thread.onSpinWait();
    }
  }

  private static void await(JobContext job) throws InterruptedException {
    job.progress(0.1, "waiting");
    new CountDownLatch(1).await();
  }

  private static void partial(JobContext job, BookSink sink) throws IOException {
    while (!job.stopRequested()) {
      job.progress(0.5, "working");
    }
    sink.degraded();
  }

  /** Says in the title what it was given. */
  private static void echo(JobContext job, BookSink sink) throws IOException {
    String checkpoint = new String(job.checkpoint().orElse(new byte[0]), StandardCharsets.UTF_8);
    String payload = new String(job.payload(), StandardCharsets.UTF_8);
    String said = "%s|%s|%d|%d".formatted(payload, checkpoint, job.jobId(), job.attempt());
    sink.metadata(Metadata.of("TEST 1", said));
  }

  private static void save(JobContext job) throws JobFailure {
    for (int step = 1; step <= 1000; step++) {
      job.saveCheckpoint(("step " + step).getBytes(StandardCharsets.UTF_8));
    }
    throw new JobFailure(JobFailure.Reason.FILE_CORRUPT, "saved\0 enough");
  }

  private static void flood() {
    String line = "a line of the log ".repeat(50);
    Stream.generate(() -> line).limit(20_000).forEach(System.err::println);
  }
}
