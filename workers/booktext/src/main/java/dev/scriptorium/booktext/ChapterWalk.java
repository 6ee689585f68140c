package dev.scriptorium.booktext;

import dev.scriptorium.positions.SourcePath;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Turns one content document into canonical text, sanitised HTML, headings, notes, pictures and
 * page breaks, all in one pass. Serves once. Takes XHTML element names; other formats translate
 * theirs.
 *
 * <p>Not in the text: head, scripts, styles, ruby readings, printed page numbers, marks that lead
 * to notes, and footnotes, which become notes of their own. Endnotes that fill a document stay in
 * its text and are notes as well.
 */
public final class ChapterWalk implements MarkupHandler {
  private static final int BLOCK = 1;
  private static final int IN_HTML = 2;
  private static final int PREFORMATTED = 4;
  private static final int SILENT = 8;
  private static final int HEADING = 16;
  private static final int FOOTNOTE = 32;
  private static final int ENDNOTE = 64;
  private static final int REFERENCE = 128;
  private static final int PAGE_BREAK = 256;

  private final LinkResolver links;
  private final ChapterCollector found;
  private final HtmlWriter html;
  private final SourcePath path;
  private final boolean inPart;

  private int[] frames = new int[64];
  private int depth;
  private int skipped;
  private int preformatted;
  private int silent;
  private boolean inHead;
  private boolean inTitle;
  private boolean paragraphAdded;

  /**
   * @param wantedIds ids whose offsets are asked for
   */
  public ChapterWalk(Limits limits, LinkResolver links, Predicate<String> wantedIds) {
    this(limits, links, wantedIds, new ChapterRoom());
  }

  /**
   * A chapter that is a part of a document and told in other words than the document's.
   *
   * @param path the document as it is followed by whoever tells; the chapter's places are in it
   */
  public ChapterWalk(
      Limits limits, LinkResolver links, Predicate<String> wantedIds, SourcePath path) {
    this.links = links;
    this.path = path;
    this.inPart = true;
    this.found = new ChapterCollector(limits, wantedIds, new TextBuffer());
    this.html = new HtmlWriter(limits.chapterCodePoints() * 4);
  }

  /**
   * @param room empty; free again once the walk is over
   */
  ChapterWalk(Limits limits, LinkResolver links, Predicate<String> wantedIds, ChapterRoom room) {
    this.links = links;
    this.path = new SourcePath();
    this.inPart = false;
    this.found = new ChapterCollector(limits, wantedIds, room.text());
    this.html = new HtmlWriter(limits.chapterCodePoints() * 4, room.html());
  }

  /**
   * True when a chapter may end here: between two paragraphs, and not after a few words alone.
   *
   * @param least code points that it has to have
   */
  boolean mayEnd(int least) {
    boolean shown = skipped == 0 && silent == 0 && preformatted == 0;
    return shown && found.isBetweenParagraphs() && found.text().codePoints() >= least;
  }

  /** What was found; the walk is over. */
  public ChapterContent finish() {
    return found.finish(html.finish(), path);
  }

  /** Remembers this place in the text; {@link #offsetOf} tells after the end where it is. */
  public int mark() {
    return found.text().mark();
  }

  /**
   * Where a mark stands, in code points of the text.
   *
   * @throws IllegalStateException before {@link #finish}
   */
  public int offsetOf(int mark) {
    return found.text().offsetOf(mark);
  }

  @Override
  public void start(String name, MarkupAttributes attributes) {
    HtmlElement element = HtmlElement.of(name);
    if (!inPart) {
      path.start(element.name());
    }
    if (inHead && element.name().equals("title")) {
      inTitle = true;
    }
    if (skipped > 0 || element.is(HtmlElement.DROPPED)) {
      inHead |= skipped == 0 && element.name().equals("head");
      skipped++;
      return;
    }
    int frame = meaning(element, attributes);
    begin(element.name(), frame, attributes);
    boolean written = !found.inFootnote() && write(element, frame, attributes);
    push(written ? frame | IN_HTML : frame);
  }

  @Override
  public void end(String element) {
    if (!inPart) {
      path.end();
    }
    if (skipped > 0) {
      inTitle = false;
      inHead &= --skipped > 0;
      return;
    }
    int frame = frames[--depth];
    if ((frame & IN_HTML) != 0) {
      html.close();
    } else if ((frame & BLOCK) != 0) {
      closeAddedParagraph();
    }
    finishMeaning(frame);
    if ((frame & BLOCK) != 0) {
      found.text().endBlock();
    }
  }

  @Override
  public void text(char[] chars, int offset, int length) {
    int source = path.text(length);
    if (skipped > 0) {
      if (inTitle) {
        found.documentTitle(chars, offset, length);
      }
      return;
    }
    boolean blank = isBlank(chars, offset, length);
    if (silent == 0) {
      int chunk = blank ? -1 : path.chunk();
      if (preformatted > 0) {
        preformatted(chars, offset, length, chunk, source);
      } else {
        found.take(chars, offset, length, chunk, source);
      }
      if (!found.text().atParagraphStart()) {
        path.keepText();
      }
    }
    if (!found.inFootnote() && (!blank || html.depth() > 0)) {
      addParagraph();
      html.text(chars, offset, length);
    }
  }

  @Override
  public void tooDeep() {
    found.tooDeep();
  }

  @Override
  public void unknownEntity(String name) {
    found.unknownEntity(name);
  }

  /** What an element means to the text. */
  private int meaning(HtmlElement element, MarkupAttributes attributes) {
    int frame = element.is(HtmlElement.BLOCK) ? BLOCK : 0;
    frame |=
        switch (element.name()) {
          case "pre" -> PREFORMATTED;
          case "rt", "rp" -> SILENT;
          default -> isHeading(element.name()) ? HEADING : 0;
        };
    if (attributes.size() == 0) {
      return frame;
    }
    found.anchor(attributes.getOrEmpty("id"));
    String type = attributes.getOrEmpty("epub:type");
    String role = attributes.getOrEmpty("role");
    return type.isEmpty() && role.isEmpty() ? frame : frame | meaning(element.name(), type, role);
  }

  private static int meaning(String name, String type, String role) {
    if (name.equals("a") && isOf(type, "noteref", role, "doc-noteref")) {
      return REFERENCE;
    }
    if (isOf(type, "pagebreak", role, "doc-pagebreak")) {
      return PAGE_BREAK | SILENT;
    }
    boolean endnote =
        isOf(type, "endnote", role, "doc-endnote") || MarkupAttributes.hasWord(type, "rearnote");
    boolean footnote =
        isOf(type, "footnote", role, "doc-footnote") || MarkupAttributes.hasWord(type, "note");
    if (name.equals("aside") && (footnote || endnote)) {
      return FOOTNOTE;
    }
    return footnote ? FOOTNOTE : endnote ? ENDNOTE : 0;
  }

  private static boolean isOf(String types, String type, String roles, String role) {
    return MarkupAttributes.hasWord(types, type) || MarkupAttributes.hasWord(roles, role);
  }

  private static boolean isHeading(String name) {
    return name.length() == 2
        && name.charAt(0) == 'h'
        && name.charAt(1) >= '1'
        && name.charAt(1) <= '6';
  }

  private void begin(String name, int frame, MarkupAttributes attributes) {
    CanonicalText text = found.text();
    if ((frame & BLOCK) != 0) {
      text.startBlock();
    }
    switch (name) {
      case "html", "body" -> found.language(attributes);
      case "br" -> found.breakLine();
      case "td", "th" -> text.space();
      default -> {
        // Most elements mean nothing of their own to the text.
      }
    }
    beginMeaning(name, frame, attributes);
  }

  private void beginMeaning(String name, int frame, MarkupAttributes attributes) {
    preformatted += (frame & PREFORMATTED) != 0 ? 1 : 0;
    silent += (frame & SILENT) != 0 ? 1 : 0;
    if ((frame & HEADING) != 0) {
      found.startHeading(name.charAt(1) - '0');
    }
    if ((frame & FOOTNOTE) != 0) {
      found.startFootnote(attributes.getOrEmpty("id"));
    }
    if ((frame & ENDNOTE) != 0) {
      found.startEndnote(attributes.getOrEmpty("id"));
    }
    if ((frame & REFERENCE) != 0) {
      found.startReference(links.link(attributes.getOrEmpty("href")).orElse(""));
    }
    if ((frame & PAGE_BREAK) != 0) {
      found.pageBreak(attributes, path.path());
    }
  }

  private void finishMeaning(int frame) {
    preformatted -= (frame & PREFORMATTED) != 0 ? 1 : 0;
    silent -= (frame & SILENT) != 0 ? 1 : 0;
    if ((frame & HEADING) != 0) {
      found.endHeading();
    }
    if ((frame & FOOTNOTE) != 0) {
      found.endFootnote();
    }
    if ((frame & ENDNOTE) != 0) {
      found.endEndnote();
    }
    if ((frame & REFERENCE) != 0) {
      found.endReference();
    }
  }

  /** True when an element was opened that must be closed. */
  private boolean write(HtmlElement element, int frame, MarkupAttributes attributes) {
    String name = element.name();
    if (name.equals("img") || name.equals("image")) {
      writeImage(name, attributes);
      return false;
    }
    if (!element.is(HtmlElement.ALLOWED) || html.full()) {
      return false;
    }
    if ((frame & BLOCK) != 0) {
      closeAddedParagraph();
    } else {
      addParagraph();
    }
    writeElement(element, frame, attributes);
    return !element.is(HtmlElement.VOID);
  }

  private void writeElement(HtmlElement element, int frame, MarkupAttributes attributes) {
    if (element.name().equals("a")) {
      links.link(attributes.getOrEmpty("href")).ifPresentOrElse(html::link, () -> html.open("a"));
    } else {
      html.begin(element.name(), element.is(HtmlElement.VOID));
    }
    for (int i = 0; i < attributes.size(); i++) {
      String attribute = HtmlAllowList.lower(attributes.name(i));
      html.attribute(attribute.equals("xml:lang") ? "lang" : attribute, attributes.value(i));
    }
    if ((frame & REFERENCE) != 0 && attributes.get("role") == null) {
      html.attribute("role", "doc-noteref");
    }
  }

  private void writeImage(String name, MarkupAttributes attributes) {
    String source =
        name.equals("img")
            ? attributes.getOrEmpty("src")
            : attributes.getOrEmpty("xlink:href") + attributes.getOrEmpty("href");
    links
        .image(source)
        .ifPresent(
            resource -> {
              found.image(resource);
              if (!html.full()) {
                addParagraph();
                html.image(resource, attributes.getOrEmpty("alt"));
              }
            });
  }

  /** Text and pictures that stand in no block get a paragraph: the HTML is made of blocks. */
  private void addParagraph() {
    if (html.depth() == 0) {
      html.open("p");
      paragraphAdded = true;
    }
  }

  private void closeAddedParagraph() {
    if (paragraphAdded && html.depth() == 1) {
      html.close();
    }
    paragraphAdded &= html.depth() > 0;
  }

  private void preformatted(char[] chars, int offset, int length, int chunk, int source) {
    int start = offset;
    for (int i = offset; i < offset + length; i++) {
      if (chars[i] == '\n') {
        found.take(chars, start, i - start, chunk, source + start - offset);
        found.text().breakLine();
        start = i + 1;
      }
    }
    found.take(chars, start, offset + length - start, chunk, source + start - offset);
  }

  private void push(int frame) {
    if (depth == frames.length) {
      frames = Arrays.copyOf(frames, depth * 2);
    }
    frames[depth++] = frame;
  }

  private static boolean isBlank(char[] chars, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (!Words.isSpace(chars[i])) {
        return false;
      }
    }
    return true;
  }
}
