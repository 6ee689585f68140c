package dev.scriptorium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveScreenTest {
  private static final Terminal SMALL = new Terminal(true, true, 30, 6, true, false, false);

  private final StringWriter text = new StringWriter();
  private final LiveScreen screen = new LiveScreen(new PrintWriter(text), SMALL);

  /** Lines of the last frame, without what steers the terminal. */
  private List<String> frame() {
    String all = text.toString();
    return all.substring(all.lastIndexOf("\u001b[H"))
        .replaceAll("\u001b\\[[?0-9]*[A-Za-z]", "")
        .lines()
        .toList();
  }

  @Test
  void whatDoesNotFitIsCountedAndTheNoteStays() {
    screen.draw(out -> List.of("a", "b", "c", "d", "e", "f").forEach(out::println), "note");

    assertThat(frame())
        .containsExactly("a", "b", "c", "3 lines more; a higher window shows them.", "", "note");
  }

  @Test
  void aLineAsWideAsTheScreenKeepsItsLastCell() {
    String wide = "x".repeat(30);
    screen.draw(out -> out.println(wide), "note");

    // Erased behind it, the cell under the cursor would be its last.
    assertThat(text.toString()).contains("\u001b[K" + wide).doesNotContain(wide + "\u001b[K");
  }

  @Test
  void aNewNoteLeavesTheContent() {
    screen.draw(out -> out.println("a"), "one");
    screen.draw("the server is away; a long story of this and that");

    assertThat(frame()).containsExactly("a", "", "the server is away; a long s…");
  }

  @Test
  void theScreenIsGivenBack() {
    screen.close();

    assertThat(text.toString()).startsWith("\u001b[?1049h").endsWith("\u001b[?1049l");
  }
}
