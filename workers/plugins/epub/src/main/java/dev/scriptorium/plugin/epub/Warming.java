package dev.scriptorium.plugin.epub;

import dev.scriptorium.booktext.LinkResolver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a made-up chapter until the parsers are compiled. */
final class Warming {
  private static final int ROUNDS = 60;

  private Warming() {}

  static void run(EpubTools tools) throws IOException {
    String paragraph =
        "<p id=\"p1\">A <em>warm</em> engine — “reads” faster.<a href=\"#p1\">1</a></p>\n";
    byte[] chapter =
        ("<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>t</title></head><body><section>"
                + "<h2>One</h2>"
                + paragraph.repeat(100)
                + "</section></body></html>")
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < ROUNDS; i++) {
      tools.content().read(chapter, new Nowhere(), id -> false);
    }
    tools.content().readHtml(chapter, new Nowhere(), id -> false);
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
