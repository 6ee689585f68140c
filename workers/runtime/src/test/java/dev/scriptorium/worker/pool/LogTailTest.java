package dev.scriptorium.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogTailTest {
  @Test
  void aShortLogIsKeptWhole() throws IOException {
    assertThat(tail("one\ntwo\n")).isEqualTo("one\ntwo\n");
  }

  @Test
  void ofALongLogTheLastWholeLinesAreKept() throws IOException {
    String log =
        IntStream.range(0, 100_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

    String tail = tail(log);

    assertThat(tail.length()).isBetween(4000, LogTail.MAX_BYTES);
    assertThat(tail).startsWith("line ").endsWith("line 99999");
    assertThat(log).endsWith("\n" + tail);
  }

  private static String tail(String log) throws IOException {
    LogTail tail = new LogTail();
    tail.drain(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
    return tail.text();
  }
}
