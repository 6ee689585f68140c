package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.ContentReader;
import dev.scriptorium.booktext.LinkResolver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a made-up chapter until the parsers are compiled. */
final class Warming {
  private static final int ROUNDS = 60;
  private static final String PARAGRAPH =
      "<p id=\"p1\">A <em>warm</em> engine — “reads” faster.<a href=\"#p1\">1</a></p>\n";

  private final ContentReader reader;
  private int rounds;

  Warming(ContentReader reader) {
    this.reader = reader;
  }

  /** Reads a short one in both ways, so that all classes are there. */
  void load() throws IOException {
    byte[] chapter = chapter(1);
    reader.read(chapter, new Nowhere(), id -> false);
    reader.readHtml(chapter, new Nowhere(), id -> false);
  }

  /** Reads a longer one; false when it has done so often enough. */
  boolean practise() throws IOException {
    reader.read(chapter(100), new Nowhere(), id -> false);
    return ++rounds < ROUNDS;
  }

  private static byte[] chapter(int paragraphs) {
    return ("<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>t</title></head><body>"
            + "<section><h2>One</h2>"
            + PARAGRAPH.repeat(paragraphs)
            + "</section></body></html>")
        .getBytes(StandardCharsets.UTF_8);
  }

  private record Nowhere() implements LinkResolver {
    @Override
    public Optional<String> link(String href) {
      return Optional.of(href);
    }

    @Override
    public Optional<String> image(String src) {
      return Optional.empty();
    }
  }
}
