package dev.scriptorium.plugin.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds the quality reached on annotated novels, where these are at hand. */
class CorpusQualityTest {
  private static final Pattern PARAGRAPH =
      Pattern.compile(
          "\"doc\": \"([^\"]+)\".*\"start\": (\\d+), \"end\": (\\d+).*\"priority\": (\\d)");
  private static final Pattern NAME =
      Pattern.compile(
          "\"doc\": \"([^\"]+)\", \"start\": (\\d+), \"end\": (\\d+), \"type\": \"PER\", \"form\":"
              + " \"PROP\"");

  @Test
  void describedParagraphsAreFound() throws IOException {
    Path corpus = corpus("descriptions");
    AnalysisHandler handler = warmed();
    int found = 0;
    int predicted = 0;
    int described = 0;
    for (Path doc : documents(corpus)) {
      List<Passage> passages = TestJob.analyze("en", Files.readString(doc)).run(handler).passages();
      List<int[]> gold = spans(corpus.resolve("labels.jsonl"), PARAGRAPH, name(doc));
      predicted += passages.size();
      for (int[] paragraph : gold) {
        described += paragraph[2] > 0 ? 1 : 0;
        found +=
            paragraph[2] > 0
                    && passages.stream()
                        .anyMatch(
                            p ->
                                p.range().start() >= paragraph[0]
                                    && p.range().end() <= paragraph[1])
                ? 1
                : 0;
      }
    }
    assertThat(2.0 * found / (predicted + described)).as("F1").isGreaterThan(0.82);
  }

  @Test
  void namesOfCharactersAreFound() throws IOException {
    Path corpus = corpus("litbank");
    AnalysisHandler handler = warmed();
    int found = 0;
    int gold = 0;
    for (Path doc : documents(corpus).subList(0, 20)) {
      // The texts keep the line breaks of the printed page; a single one is a space here.
      String text = Files.readString(doc).replaceAll("(?<=\\S)\\n(?=\\S)", " ");
      List<Mention> mentions = TestJob.analyze("en", text).run(handler).mentions();
      for (int[] name : spans(corpus.resolve("gold.jsonl"), NAME, name(doc))) {
        Predicate<Mention> overlaps =
            m ->
                m.type() == Entity.Type.CHARACTER
                    && m.range().start() < name[1]
                    && m.range().end() > name[0];
        gold++;
        found += mentions.stream().anyMatch(overlaps) ? 1 : 0;
      }
    }
    assertThat((double) found / gold).as("recall").isGreaterThan(0.85);
  }

  private static AnalysisHandler warmed() throws IOException {
    AnalysisHandler handler = new AnalysisHandler();
    handler.warm();
    return handler;
  }

  /** Start, end and, where the line has one, priority of every line about a document. */
  private static List<int[]> spans(Path lines, Pattern pattern, String doc) throws IOException {
    List<int[]> spans = new ArrayList<>();
    for (String line : Files.readAllLines(lines)) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find() && matcher.group(1).equals(doc)) {
        int last = matcher.groupCount() > 3 ? Integer.parseInt(matcher.group(4)) : 0;
        spans.add(
            new int[] {
              Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)), last
            });
      }
    }
    return spans;
  }

  private static List<Path> documents(Path corpus) throws IOException {
    try (var files = Files.list(corpus.resolve("docs"))) {
      return files.sorted().toList();
    }
  }

  private static String name(Path doc) {
    return doc.getFileName().toString().replace(".txt", "");
  }

  private static Path corpus(String name) {
    Path corpus = find(Path.of("").toAbsolutePath(), name);
    assumeTrue(corpus != null, "corpus not present");
    return Objects.requireNonNull(corpus);
  }

  private static @Nullable Path find(Path from, String name) {
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      Path corpus = folder.resolve("shared/corpus").resolve(name);
      if (Files.isDirectory(corpus)) {
        return corpus;
      }
    }
    return null;
  }
}
