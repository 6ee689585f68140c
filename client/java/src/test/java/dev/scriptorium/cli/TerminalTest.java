package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static final Map<String, String> XTERM = Map.of("TERM", "xterm", "COLUMNS", "120");

  @Test
  void coloursNeedATerminal() {
    assertThat(Terminal.of("out,err", "C", XTERM).outStyle().on()).isTrue();
    assertThat(Terminal.of("err", "C", XTERM).outStyle().on()).isFalse();
    assertThat(Terminal.of("err", "C", XTERM).errStyle().on()).isTrue();
  }

  @Test
  void noColorKeepsTheBars() {
    Map<String, String> plain = Map.of("TERM", "xterm", "NO_COLOR", "1");

    Terminal terminal = Terminal.of("out,err", "C", plain);

    assertThat(terminal.outStyle().on()).isFalse();
    assertThat(terminal.canDrawBars()).isTrue();
  }

  @Test
  void aDumbTerminalHasNoBars() {
    assertThat(Terminal.of("out,err", "C", Map.of("TERM", "dumb")).canDrawBars()).isFalse();
    assertThat(Terminal.of("out,err", "C", Map.of()).canDrawBars()).isFalse();
  }

  @Test
  void widthComesFromTheEnvironment() {
    assertThat(Terminal.of("out", "C", XTERM).columns()).isEqualTo(120);
    assertThat(Terminal.of("out", "C", Map.of("COLUMNS", "0")).columns()).isEqualTo(80);
  }

  @Test
  void unicodeNeedsALocaleThatHasIt() {
    assertThat(Terminal.of("out", "en_GB.UTF-8", XTERM).unicode()).isTrue();
    assertThat(Terminal.of("out", "C.utf8", XTERM).unicode()).isTrue();
    assertThat(Terminal.of("out", "C", XTERM).unicode()).isFalse();
  }
}
