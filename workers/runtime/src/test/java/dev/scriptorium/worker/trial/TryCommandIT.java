package dev.scriptorium.worker.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.scriptorium.worker.files.WorkPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command on small files, with a real runner and the test plugin. */
class TryCommandIT {
  @TempDir private Path folder;

  @Test
  void parsePrintsTheBookAsOneObject() throws IOException {
    Path book = Files.writeString(folder.resolve("Book.txt"), "Owls \uD83E\uDD89\nof the night\n");

    Output output = run("parse", book.toString(), "--format", "json", "--html");

    assertThat(output.exitCode()).isZero();
    JsonObject object = output.object();
    assertThat(object.get("title").getAsString()).isEqualTo("Book.txt");
    assertThat(object.keySet())
        .contains("authors", "language", "contents", "notes", "positions", "images", "warnings");
    JsonObject chapter = object.getAsJsonArray("chapters").get(0).getAsJsonObject();
    assertThat(chapter.get("text").getAsString()).isEqualTo("Owls \uD83E\uDD89");
    assertThat(chapter.get("html").getAsString()).isEqualTo("<p>Owls \uD83E\uDD89</p>");
    assertThat(chapter.get("word_count").getAsInt()).isEqualTo(2);
    assertThat(chapter.get("source").getAsString()).isEqualTo("line 1");
  }

  @Test
  void analyzeRunsTheWholeChain() throws IOException {
    Path book = Files.writeString(folder.resolve("Book.txt"), "One line.\nAnother line.\n");

    Output output = run("analyze", book.toString(), "--format", "json");

    assertThat(output.exitCode()).isZero();
    assertThat(output.object().getAsJsonArray("passages"))
        .extracting(passage -> passage.getAsJsonObject().get("text").getAsString())
        .containsExactly("One line.", "Another line.");
    assertThat(output.object().getAsJsonArray("passages"))
        .extracting(passage -> passage.getAsJsonObject().get("chapter").getAsInt())
        .containsExactly(0, 1);
    assertThat(output.object().getAsJsonArray("entities")).isEmpty();
    assertThat(output.object().getAsJsonObject("facts").get("word_count").getAsInt()).isEqualTo(4);
  }

  @Test
  void plainTextIsOneChapterAndUnchanged() throws IOException {
    String content = "\n One\r\nline.\n\n\nAnother \uD83E\uDD89 line.\n\n";
    Path book = Files.writeString(folder.resolve("Book.txt"), content);

    Output output = run("analyze", book.toString(), "--format", "json", "--plain");

    assertThat(output.object().getAsJsonArray("chapters"))
        .extracting(chapter -> chapter.getAsJsonObject().get("text").getAsString())
        .containsExactly(content);
    JsonObject passage = output.object().getAsJsonArray("passages").get(0).getAsJsonObject();
    assertThat(passage.get("end").getAsInt())
        .isEqualTo(content.codePointCount(0, content.length()));
  }

  @Test
  void theModeReachesTheAnalysis() throws IOException {
    Path book = Files.writeString(folder.resolve("Book.txt"), "One line.\n");

    Output plain = run("analyze", book.toString(), "--format", "json", "--plain");
    Output parallel = run("analyze", book.toString(), "--format", "json", "--mode", "parallel");
    Output wrong = run("analyze", book.toString(), "--mode", "best");

    assertThat(firstReason(plain)).isEqualTo("mode=ensemble breaks=spaces");
    assertThat(firstReason(parallel)).isEqualTo("mode=parallel");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.errors()).contains("single, parallel, sequential, ensemble, adaptive");
  }

  private static String firstReason(Output output) {
    JsonObject passage = output.object().getAsJsonArray("passages").get(0).getAsJsonObject();
    return passage.getAsJsonArray("reasons").get(0).getAsString();
  }

  @Test
  void textIsTitlesAndParagraphs() throws IOException {
    Path book = Files.writeString(folder.resolve("Book.txt"), "First words.\nSecond words.\n");

    Output output = run("parse", book.toString());

    assertThat(output.text()).isEqualTo("First words.\n\nSecond words.\n\n");
  }

  @Test
  void aFileThatEndsItsRunnerCostsNoOtherOne() throws IOException {
    Path list = folder.resolve("list");
    Path bad = Files.writeString(folder.resolve("bad.txt"), "halt");
    Path good = Files.writeString(folder.resolve("good.txt"), "well");
    Path missing = folder.resolve("missing.txt");
    Files.writeString(list, good + "\n" + bad + "\n\n" + missing + "\n" + good + "\n");

    Output output = run("obey", "@" + list, "--format", "json", "--stats");

    assertThat(output.exitCode()).isEqualTo(2);
    List<JsonObject> lines = output.lines();
    assertThat(lines)
        .extracting(line -> line.get("file").getAsString())
        .containsExactly(good.toString(), bad.toString(), missing.toString(), good.toString());
    assertThat(lines)
        .extracting(line -> line.has("error") ? reason(line) : line.get("title").getAsString())
        .containsExactly("good.txt", "RUNNER_CRASHED", "INVALID_FIELD", "good.txt");
    assertThat(lines.getFirst().getAsJsonObject("stats").get("input_bytes").getAsLong())
        .isEqualTo(4);
    assertThat(lines.getFirst().getAsJsonObject("stats").get("peak_memory_bytes").getAsLong())
        .isPositive();
  }

  @Test
  void aFileThatIsRefusedLeavesTheRunnerToTheNext() throws IOException {
    Path books = Files.createDirectories(folder.resolve("books/below"));
    Files.writeString(folder.resolve("books/a.txt"), "refuse");
    Files.writeString(books.resolve("b.txt"), "well");
    Files.writeString(folder.resolve("books/.hidden"), "well");
    Path out = folder.resolve("out");

    Output output =
        run(
            "obey",
            folder.resolve("books").toString(),
            "--format",
            "json",
            "--out",
            out.toString());

    assertThat(output.exitCode()).isEqualTo(2);
    assertThat(output.text()).isEmpty();
    assertThat(reason(object(out.resolve("a.txt.json")))).isEqualTo("LIMIT_EXCEEDED");
    assertThat(object(out.resolve("b.txt.json")).get("title").getAsString()).isEqualTo("b.txt");
  }

  @Test
  void whatNamesNothingIsSaid() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("nothing"));
    Path list = Files.writeString(folder.resolve("list"), "\n\n");

    assertThat(run("parse", folder.resolve("absent.epub").toString()).errors())
        .startsWith("no such file or folder: ");
    assertThat(run("parse", empty.toString()).errors()).startsWith("no files in the folder ");
    assertThat(run("parse", "@" + list).errors()).startsWith("no paths in the list ");
    assertThat(run("parse", "@" + folder.resolve("absent")).errors())
        .startsWith("cannot read the list ");
    assertThat(run("parse", list.toString(), "--repeat", "3").errors())
        .startsWith("--repeat 3 is not WARMUP,MEASURED");
    assertThat(run("parse", list.toString(), "--runner-heap", "4m").errors())
        .startsWith("runner heap 4m: at least ");
    assertThat(run("parse", list.toString(), "--out", list.toString()).errors())
        .startsWith("cannot make the folder ");
    assertThat(run("parse", empty.toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void passesPrintTheMedianOne() throws IOException {
    Path books = Files.createDirectory(folder.resolve("books"));
    Files.writeString(books.resolve("a.txt"), "One line.\nAnother line.");
    Files.writeString(books.resolve("b.txt"), "A line.");

    Output output = run("parse", books.toString(), "--repeat", "1,3", "--threads", "2");

    assertThat(output.exitCode()).isZero();
    assertThat(output.object().get("files").getAsInt()).isEqualTo(2);
    assertThat(output.object().get("chapters").getAsInt()).isEqualTo(3);
    assertThat(output.object().get("median_pass_millis").getAsDouble()).isPositive();
    assertThat(output.object().getAsJsonArray("failed")).isEmpty();
  }

  @Test
  void aRefusalIsAnObjectAndExitCodeTwo() throws IOException {
    Path book = Files.writeString(folder.resolve("Book.txt"), "A line.");

    Output output = run("refuse", book.toString(), "--format", "json");

    assertThat(output.exitCode()).isEqualTo(2);
    JsonObject error = output.object().getAsJsonObject("error");
    assertThat(error.get("reason").getAsString()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(error.get("message").getAsString()).startsWith("Book.txt: ");
    assertThat(error.get("limit").getAsString()).isEqualTo("entries=10");
  }

  @Test
  void aCrashIsReportedLikeARefusal() throws IOException {
    Path book = Files.writeString(folder.resolve("Book.txt"), "A line.");

    Output output = run("halt", book.toString(), "--format", "json");

    assertThat(output.exitCode()).isEqualTo(2);
    JsonObject error = output.object().getAsJsonObject("error");
    assertThat(error.get("reason").getAsString()).isEqualTo("RUNNER_CRASHED");
  }

  @Test
  void filesThatNoPluginTakesAreRefusedWithoutARunner() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.epub"));
    Path binary = Files.write(folder.resolve("tool"), new byte[] {0x7f, 'E', 'L', 'F', 0, 0});

    Output first = run("parse", empty.toString(), "--format", "json");
    Output second = run("parse", binary.toString(), "--format", "json");

    assertThat(reason(first)).isEqualTo("FILE_EMPTY");
    assertThat(reason(second)).isEqualTo("FORMAT_UNSUPPORTED");
  }

  @Test
  void aPluginOfAFolderIsFoundBesideThoseThatAreBuiltIn() throws IOException {
    Path book = Files.writeString(folder.resolve("Book.txt"), "A line.");
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    jar(
        plugins.resolve("third.jar"),
        """
        package third;
        import dev.scriptorium.plugin.*;
        public final class Third implements JobHandler {
          public java.util.Set<Capability> capabilities() {
            return java.util.Set.of(new Capability("third", "*"));
          }
          public void handle(JobContext job, BookSink sink) throws java.io.IOException {
            sink.metadata(Metadata.of("THIRD", "made by a third party"));
          }
        }
        """);

    Output third =
        run("third", book.toString(), "--format", "json", "--plugins", plugins.toString());
    Output own = run("parse", book.toString(), "--format", "json", "--plugins", plugins.toString());

    assertThat(third.object().get("title").getAsString()).isEqualTo("made by a third party");
    assertThat(own.object().get("title").getAsString()).isEqualTo("Book.txt");
  }

  @Test
  void aPluginOfAFolderTakesTheAnalysisOver() throws IOException {
    Path book = Files.writeString(folder.resolve("Book.txt"), "A line.");
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    jar(
        plugins.resolve("third.jar"),
        """
        package third;
        import dev.scriptorium.plugin.*;
        import java.util.List;
        public final class Third implements JobHandler {
          public java.util.Set<Capability> capabilities() {
            return java.util.Set.of(
                new Capability("analyze", "*"), new Capability("summarize", "*"));
          }
          public boolean takesOver() {
            return true;
          }
          public void handle(JobContext job, BookSink sink) throws java.io.IOException {
            if (job.input() instanceof JobInput.BookFindings found) {
              sink.passage(found.passages().get(0));
              sink.analysisRun(AnalysisRun.whole(found.runs()));
            } else {
              TextRange range = new TextRange(1, 0, 6);
              sink.passage(
                  new Passage(Passage.Type.OBJECT, range, "A line", 77, 1, List.of("THIRD")));
              sink.analysisRun(new AnalysisRun("third", "", "", 1, List.of(), List.of()));
            }
          }
        }
        """);

    JsonObject found =
        run("analyze", book.toString(), "--format", "json", "--plugins", plugins.toString())
            .object();

    JsonObject passage = found.getAsJsonArray("passages").get(0).getAsJsonObject();
    assertThat(passage.get("priority").getAsInt()).isEqualTo(77);
    assertThat(passage.get("reasons").getAsString()).isEqualTo("THIRD");
  }

  @Test
  void aFolderWithoutAPluginIsNamed() throws IOException {
    Path book = Files.writeString(folder.resolve("Book.txt"), "A line.");
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThat(run("parse", book.toString(), "--plugins", empty.toString()).exitCode()).isNotZero();
  }

  /** A jar with the class {@code third.Third} as a plugin. */
  private void jar(Path jar, String source) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("third"));
    Path file = Files.writeString(sources.resolve("Third.java"), source);
    int exitCode =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-cp", WorkPlace.classPath(), file.toString());
    assertThat(exitCode).isZero();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/services/dev.scriptorium.plugin.JobHandler"));
      out.write("third.Third\n".getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new JarEntry("third/Third.class"));
      out.write(Files.readAllBytes(sources.resolve("Third.class")));
    }
  }

  private static String reason(Output output) {
    assertThat(output.exitCode()).isEqualTo(2);
    return reason(output.object());
  }

  private static String reason(JsonObject object) {
    return object.getAsJsonObject("error").get("reason").getAsString();
  }

  private static JsonObject object(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private record Output(int exitCode, String text, String errors) {
    List<JsonObject> lines() {
      return text.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    }

    JsonObject object() {
      return JsonParser.parseString(text).getAsJsonObject();
    }
  }

  private static Output run(String... arguments) throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      StringWriter errors = new StringWriter();
      CommandLine command =
          new CommandLine(new TryCommand())
              .setExpandAtFiles(false)
              .setErr(new PrintWriter(errors, true));
      int exitCode = command.execute(arguments);
      return new Output(exitCode, bytes.toString(StandardCharsets.UTF_8), errors.toString());
    } finally {
      System.setOut(before);
    }
  }
}
