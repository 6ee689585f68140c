package dev.scriptorium.plugin.epub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.scriptorium.booktext.RecordedBook;
import dev.scriptorium.plugin.BookSink;
import dev.scriptorium.plugin.JobFailure;
import dev.scriptorium.plugin.JobKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile books, where the corpus is present: each ends as its list says, soon and in memory. */
class EpubHostileTest {
  private static final Path FOLDER = Corpus.folder().resolve("hostile");

  static Stream<JsonObject> generated() throws IOException {
    Path list = FOLDER.resolve("generated/hostile.json");
    if (!Files.exists(list)) {
      return Stream.of(new JsonObject());
    }
    return StreamSupport.stream(
            JsonParser.parseString(Files.readString(list)).getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(
            entry ->
                entry.get("file").getAsString().endsWith(".epub")
                    || entry.get("file").getAsString().equals("epub-named.pdf"));
  }

  @ParameterizedTest
  @MethodSource("generated")
  void aHostileBookEndsAsItMust(JsonObject entry) throws Exception {
    Assumptions.assumeTrue(entry.has("file"), "corpus not present");
    String name = entry.get("file").getAsString();
    Path file = FOLDER.resolve("generated").resolve(name);

    Answer answer = answer(file);

    SoftAssertions softly = new SoftAssertions();
    switch (entry.get("outcome").getAsString()) {
      case "reject" -> softly.assertThat(answer.failure).as("is refused").isPresent();
      case "ok" -> {
        softly.assertThat(answer.failure).as("is read").isEmpty();
        softly.assertThat(answer.book.text().strip()).as("has text").isNotEmpty();
      }
      default ->
          softly
              .assertThat(answer.failure.isPresent() || !answer.book.warnings.isEmpty())
              .as("says what was lost")
              .isTrue();
    }
    for (String secret : secrets()) {
      softly.assertThat(answer.book.everything()).doesNotContain(secret);
    }
    answer.book.chapters.forEach(
        chapter ->
            softly
                .assertThat(chapter.html())
                .doesNotContainPattern("(?i)<script|javascript:|\\son[a-z]+=|<iframe|<form|data:"));
    softly.assertAll();
  }

  @Test
  void brokenBooksOfPublicTestSetsEndInAnAnswer() throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), "corpus not present");
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".epub")).toList()) {
        Answer answer = answer(file);

        assertThat(answer.failure.isPresent() || !answer.book.chapters.isEmpty())
            .as(file.getFileName().toString())
            .isTrue();
      }
    }
  }

  private static Answer answer(Path file) {
    RecordedBook book = new RecordedBook();
    return Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          try {
            inspectAndParse(file, book);
            return new Answer(book, Optional.empty());
          } catch (JobFailure failure) {
            return new Answer(book, Optional.of(failure));
          }
        });
  }

  private static void inspectAndParse(Path file, BookSink sink) throws JobFailure, IOException {
    EpubRun.run(JobKinds.INSPECT, file, new RecordedBook());
    EpubRun.run(JobKinds.PARSE, file, sink);
  }

  private static Stream<String> lines(String file) throws IOException {
    Path path = Path.of(file);
    return Files.isReadable(path) ? Files.readAllLines(path).stream() : Stream.empty();
  }

  /** Lines of files that hostile books try to pull in. */
  private static Iterable<String> secrets() throws IOException {
    return lines("/etc/passwd").filter(line -> line.length() > 10).limit(3).toList();
  }

  private record Answer(RecordedBook book, Optional<JobFailure> failure) {}
}
