package dev.scriptorium.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hostile files of the corpus, where it is present: each ends as its list says. A folder that
 * the generator wrote with other settings can be named with {@code -Dhostile.folder=DIR}.
 */
class HostileCorpusTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyGeneratedFileEndsAsItMust() throws IOException {
    Path generated =
        Path.of(System.getProperty("hostile.folder", corpus().resolve("generated").toString()));
    Path list = generated.resolve("hostile.json");
    if (!Files.exists(list)) {
      return Stream.of(DynamicTest.dynamicTest("corpus", HostileCorpusTest::skip));
    }
    JsonArray entries = JsonParser.parseString(Files.readString(list)).getAsJsonArray();
    return StreamSupport.stream(entries.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(entry -> test(generated, entry));
  }

  @Test
  void brokenFilesOfPublicTestSetsEndInABookOrARefusal() throws Exception {
    if (!Files.isDirectory(corpus())) {
      skip();
    }
    try (Stream<Path> files = Files.list(corpus())) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.(epub|pdf)")).toList()) {
        Ending ending = Ending.of(Parsers.mediaType(file), file, folder);

        ending.harmless();
        assertThat(ending.failure().isPresent() || !ending.book().chapters.isEmpty())
            .as(file.getFileName().toString())
            .isTrue();
      }
    }
  }

  private DynamicTest test(Path generated, JsonObject entry) {
    Path file = generated.resolve(entry.get("file").getAsString());
    String outcome = entry.get("outcome").getAsString();
    return DynamicTest.dynamicTest(
        outcome + " " + file.getFileName(),
        () -> {
          Ending ending = Ending.of(Parsers.mediaType(file), file, folder);

          switch (outcome) {
            case "ok" -> ending.ok();
            case "partial" -> ending.partial();
            default -> ending.rejected();
          }
          ending.harmless();
          for (String secret : secrets()) {
            assertThat(ending.book().everything()).doesNotContain(secret);
          }
          assertThat(folder).as("nothing left behind").isEmptyDirectory();
        });
  }

  private static void skip() {
    Assumptions.abort("the corpus is not present");
  }

  /** Folder of the hostile files beside the project; it does not exist when there is none. */
  private static Path corpus() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path hostile = at.resolve("shared/corpus/hostile");
      if (Files.isDirectory(hostile)) {
        return hostile;
      }
    }
    return Path.of("corpus-not-present");
  }

  /** Lines of a file that hostile books try to pull in. */
  private static List<String> secrets() throws IOException {
    Path passwords = Path.of("/etc/passwd");
    return Files.isReadable(passwords)
        ? Files.readAllLines(passwords).stream().filter(line -> line.length() > 10).toList()
        : List.of();
  }
}
