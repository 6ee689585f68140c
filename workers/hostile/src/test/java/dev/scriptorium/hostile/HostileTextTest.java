package dev.scriptorium.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.plugin.JobFailure.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text, Markdown and HTML without end, without lines, without sense. */
class HostileTextTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {Parsers.TEXT, Parsers.MARKDOWN, Parsers.HTML})
  void aFileBeyondTheLimitIsRefused(String mediaType) throws IOException {
    byte[] line = new byte[50 << 20];
    Arrays.fill(line, (byte) 'x');

    assertThat(read(mediaType, line).rejected().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({
    "text/plain, x",
    "text/plain, x\\n",
    "text/plain, I.\\n\\n",
    "text/plain, Chapter 1\\n\\n",
    "text/markdown, x",
    "text/markdown, #\\s",
    "text/markdown, >\\s",
    "text/markdown, -\\sx\\n",
    "text/markdown, *",
    "text/markdown, [",
    "text/markdown, [](",
    "text/markdown, `",
    "text/markdown, _a",
    "text/markdown, ![a](",
    "text/markdown, **a\\s",
    "text/html, x",
    "text/html, <",
    "text/html, <b>",
    "text/html, <p",
    "text/html, &amp",
    "text/html, <table>",
    "text/html, <a href=x>",
    "text/html, <h1>x",
    "text/html, <!--",
  })
  void theSameOverAndOverTakesLinearTime(String mediaType, String piece) throws IOException {
    String written = piece.replace("\\n", "\n").replace("\\s", " ");
    byte[] file = written.repeat((8 << 20) / written.length()).getBytes(StandardCharsets.UTF_8);

    read(mediaType, file);
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({
    "text/plain, x",
    "text/plain, ж",
    "text/markdown, >\\s",
    "text/markdown, ж",
    "text/html, x"
  })
  void oneLineAsLongAsAllowedIsHeld(String mediaType, String piece) throws IOException {
    byte[] once = piece.replace("\\s", " ").getBytes(StandardCharsets.UTF_8);
    byte[] file = new byte[16 << 20];
    for (int i = 0; i < file.length; i++) {
      file[i] = once[i % once.length];
    }

    assertThat(read(mediaType, file).partial().reasons()).contains("CHAPTER_TRUNCATED");
  }

  @Test
  @Tag("slow")
  void nestedHtmlOverflowsNoStack() throws IOException {
    String html = "<div>".repeat(200_000) + "Hello reader.";

    read(Parsers.HTML, html.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void zerosInATextAreNoText() throws IOException {
    byte[] text = "Hello reader. ".repeat(1000).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i += 5) {
      text[i] = 0;
    }

    assertThat(read(Parsers.TEXT, text).rejected().reason()).isEqualTo(Reason.FORMAT_UNSUPPORTED);
  }

  @Test
  void aFewZerosAreLeftOut() throws IOException {
    byte[] text = "Hello reader. ".repeat(1000).getBytes(StandardCharsets.UTF_8);
    text[500] = 0;

    assertThat(read(Parsers.TEXT, text).ok().text()).contains("Hello reader.").doesNotContain("\0");
  }

  @Test
  void twoEncodingsInOneFileEndInABook() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes("Первая глава, в ней текст.\n\n".repeat(50).getBytes(StandardCharsets.UTF_8));
    text.writeBytes("Вторая глава.\n\n".repeat(5).getBytes(Charset.forName("windows-1251")));
    text.writeBytes("Third.\n\n".getBytes(StandardCharsets.UTF_16LE));

    assertThat(read(Parsers.TEXT, text.toByteArray()).ok().text()).contains("Первая глава");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void noiseIsRefusedOrRead(int seed) throws IOException {
    byte[] noise = new byte[1 << 20];
    new Random(seed).nextBytes(noise);

    for (String mediaType : new String[] {Parsers.TEXT, Parsers.MARKDOWN, Parsers.HTML}) {
      read(mediaType, noise);
    }
  }

  @Test
  @Tag("slow")
  void aChapterALineEndsAtTheLimit() throws IOException {
    String chapters =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "# Chapter " + i + "\n\ntext\n\n")
            .collect(Collectors.joining());

    Ending ending = read(Parsers.MARKDOWN, chapters.getBytes(StandardCharsets.UTF_8));

    assertThat(ending.partial().chapters).hasSizeLessThanOrEqualTo(10_000);
  }

  private Ending read(String mediaType, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("book"), bytes);
    Ending ending = Ending.of(mediaType, file, folder);
    ending.harmless();
    return ending;
  }
}
