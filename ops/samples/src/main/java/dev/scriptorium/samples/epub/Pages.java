package dev.scriptorium.samples.epub;

/** The XHTML documents around the text. */
final class Pages {
  static final String STYLE =
      """
      body { margin: 5%; line-height: 1.45; }
      h1 { margin: 3em 0 2em; text-align: center; font-weight: normal; }
      h1 .number { display: block; font-size: 0.6em; letter-spacing: 0.2em; }
      p { margin: 0; text-indent: 1.5em; }
      p.first, aside p, .plain p { text-indent: 0; }
      hr.pause { margin: 1.5em auto; width: 20%; border: 0; border-top: 1px solid; }
      figure { margin: 1.5em 0; text-align: center; }
      figure img { max-width: 100%; }
      figcaption { font-size: 0.85em; font-style: italic; }
      blockquote { margin: 1em 2em; }
      a[role="doc-noteref"] { font-size: 0.7em; vertical-align: super; text-decoration: none; }
      aside { margin-top: 1em; font-size: 0.85em; }
      .plain { text-align: center; margin-top: 20%; }
      .cover { margin: 0; text-align: center; }
      """;

  private Pages() {}

  /** An XHTML document. */
  static String document(BookSource book, String title, String bodyAttributes, String body) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE html>
    <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
    lang="%1$s" xml:lang="%1$s">
    <head>
    <title>%2$s</title>
    <link rel="stylesheet" type="text/css" href="style.css"/>
    </head>
    <body%3$s>
    %4$s</body>
    </html>
    """
        .formatted(book.get("language"), Xml.escape(title), bodyAttributes, body);
  }

  static String cover(BookSource book) {
    String body =
        """
        <section class="cover" epub:type="cover">
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
        version="1.1" viewBox="0 0 %1$d %2$d" width="100%%" height="100%%" role="img" \
        aria-label="Cover">
        <image width="%1$d" height="%2$d" xlink:href="images/%3$s"/>
        </svg>
        </section>
        """
            .formatted(Pictures.COVER_WIDTH, Pictures.COVER_HEIGHT, Pictures.COVER);
    return document(book, "Cover", "", body);
  }

  static String titlePage(BookSource book) {
    String body =
        """
        <section class="plain" epub:type="titlepage">
        <h1 epub:type="title">%s</h1>
        <p epub:type="subtitle">%s</p>
        <p>%s</p>
        </section>
        """
            .formatted(
                Xml.escape(book.get("title")),
                Xml.escape(book.get("subtitle")),
                Xml.escape(book.get("creator")));
    return document(book, book.get("title"), "", body);
  }

  static String chapter(BookSource book, int number, ChapterMarkup.Chapter chapter) {
    String body =
        """
        <section epub:type="chapter" role="doc-chapter" aria-labelledby="title">
        <h1 id="title"><span class="number">%s</span> %s</h1>
        %s</section>
        """
            .formatted(roman(number), Xml.escape(chapter.title()), chapter.body());
    return document(book, chapter.title(), " epub:type=\"bodymatter\"", body);
  }

  static String dedication(BookSource book) {
    String body =
        """
        <section class="plain" epub:type="copyright-page">
        <h1>Dedication to the Public Domain</h1>
        <p>%s</p>
        <p><a href="https://creativecommons.org/publicdomain/zero/1.0/">CC0 1.0 Universal</a></p>
        </section>
        """
            .formatted(Xml.escape(book.get("rights")));
    return document(book, "Dedication to the Public Domain", " epub:type=\"backmatter\"", body);
  }

  /** Roman numeral of 1 to 39. */
  static String roman(int number) {
    if (number < 1 || number > 39) {
      throw new IllegalArgumentException("chapter " + number + " is not in 1 to 39");
    }
    String[] ones = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
    return "X".repeat(number / 10) + ones[number % 10];
  }
}
