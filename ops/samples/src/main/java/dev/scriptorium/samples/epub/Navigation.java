package dev.scriptorium.samples.epub;

import java.util.List;

/** The contents, for new readers (nav) and for old ones (NCX). */
final class Navigation {
  private final BookSource book;
  private final List<Target> targets;
  private final List<PageTarget> pages;

  /**
   * @param targets lines of the contents
   * @param pages page breaks, in reading order
   */
  Navigation(BookSource book, List<Target> targets, List<PageTarget> pages) {
    this.book = book;
    this.targets = List.copyOf(targets);
    this.pages = List.copyOf(pages);
  }

  /** A line of the contents. */
  record Target(String title, String href) {}

  /** Where a page begins. */
  record PageTarget(int page, String href) {}

  String nav() {
    StringBuilder body = new StringBuilder("<nav epub:type=\"toc\" id=\"toc\" role=\"doc-toc\">\n");
    body.append("<h1>Contents</h1>\n<ol>\n");
    targets.forEach(target -> body.append(line(target.title(), target.href())));
    body.append("</ol>\n</nav>\n");
    body.append("<nav epub:type=\"page-list\" role=\"doc-pagelist\" hidden=\"hidden\">\n");
    body.append("<h1>Pages</h1>\n<ol>\n");
    pages.forEach(page -> body.append(line(String.valueOf(page.page()), page.href())));
    body.append("</ol>\n</nav>\n");
    body.append(
        """
        <nav epub:type="landmarks" hidden="hidden">
        <h1>Landmarks</h1>
        <ol>
        <li><a epub:type="cover" href="cover.xhtml">Cover</a></li>
        <li><a epub:type="bodymatter" href="%s">Text</a></li>
        </ol>
        </nav>
        """
            .formatted(pages.getFirst().href().replaceAll("#.*", "")));
    return Pages.document(book, "Contents", "", body.toString());
  }

  private static String line(String title, String href) {
    return "<li><a href=\"%s\">%s</a></li>\n".formatted(href, Xml.escape(title));
  }

  String ncx() {
    StringBuilder map = new StringBuilder();
    int order = 0;
    for (Target target : targets) {
      order++;
      map.append(
          """
          <navPoint id="point-%1$d" playOrder="%1$d"><navLabel><text>%2$s</text></navLabel>\
          <content src="%3$s"/></navPoint>
          """
              .formatted(order, Xml.escape(target.title()), target.href()));
    }
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="%s">
    <head>
    <meta name="dtb:uid" content="%s"/>
    <meta name="dtb:depth" content="1"/>
    <meta name="dtb:totalPageCount" content="0"/>
    <meta name="dtb:maxPageNumber" content="0"/>
    </head>
    <docTitle><text>%s</text></docTitle>
    <navMap>
    %s</navMap>
    </ncx>
    """
        .formatted(
            book.get("language"),
            Xml.escape(book.get("identifier")),
            Xml.escape(book.get("title")),
            map);
  }
}
