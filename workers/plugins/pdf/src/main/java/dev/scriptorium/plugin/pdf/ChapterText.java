package dev.scriptorium.plugin.pdf;

import dev.scriptorium.booktext.CanonicalText;
import dev.scriptorium.booktext.HtmlWriter;
import dev.scriptorium.plugin.pdf.PageLayout.Placed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds text and HTML of one chapter, line by line. Not thread-safe. */
final class ChapterText {
  private static final float HEADING_SIZE = 1.18f;

  /** HTML may be this much longer than text. */
  private static final int HTML_GROWTH = 3;

  private final ParagraphRules rules;
  private final Hyphens hyphens;
  private final float bodySize;
  private final CanonicalText text;
  private final HtmlWriter html;
  private final List<Integer> noteMarks = new ArrayList<>();
  private final List<String> pictures = new ArrayList<>();
  private int picturesWritten;
  private @Nullable Placed before;
  private int pageBefore;
  private String heldHalf = "";
  private boolean inParagraph;
  private boolean titled;

  ChapterText(ParagraphRules rules, Hyphens hyphens, float bodySize, int maxCodePoints) {
    this.rules = rules;
    this.hyphens = hyphens;
    this.bodySize = bodySize;
    this.text = new CanonicalText(maxCodePoints);
    this.html = new HtmlWriter(Math.multiplyExact(maxCodePoints, HTML_GROWTH));
  }

  /**
   * Adds the next line.
   *
   * @param startsParagraph true when it begins a paragraph whatever it looks like
   * @return a mark of the place where its text begins
   */
  int add(Placed line, int page, boolean startsParagraph) {
    Placed previous = before;
    String rest = line.line().text();
    if (previous == null || startsParagraph || rules.breaks(previous, line, page == pageBefore)) {
      endParagraph();
      startParagraph(line.line());
    } else {
      rest = continued(previous.line().text(), rest);
    }
    int mark = text.mark();
    appendMarked(rest, line.line().marks());
    before = line;
    pageBefore = page;
    return mark;
  }

  /** Ends the word or paragraph of the line before, so that the next line begins anew. */
  private void endParagraph() {
    append(heldHalf);
    heldHalf = "";
    if (inParagraph) {
      text.endBlock();
      html.close();
      inParagraph = false;
    }
    writePictures();
  }

  /** A picture, behind the paragraph that is open: a paragraph may go on below it. */
  void picture(String resource) {
    pictures.add(resource);
    if (!inParagraph) {
      writePictures();
    }
  }

  private void writePictures() {
    for (; picturesWritten < pictures.size(); picturesWritten++) {
      html.open("figure").image(pictures.get(picturesWritten), "").close();
    }
  }

  /** The pictures so far. */
  List<String> pictures() {
    return pictures;
  }

  private void startParagraph(Line line) {
    text.startBlock();
    boolean heading = line.size() >= HEADING_SIZE * bodySize;
    html.open(heading ? titled ? "h3" : "h2" : "p");
    titled |= heading || !text.isEmpty();
    inParagraph = true;
  }

  /** Joins the word that the end of the line before broke, or parts the two lines. */
  private String continued(String lineBefore, String rest) {
    if (heldHalf.isEmpty()) {
      append(hyphens.between(lineBefore, rest));
    } else {
      int space = rest.indexOf(' ');
      append(hyphens.join(heldHalf, space < 0 ? rest : rest.substring(0, space)));
      heldHalf = "";
    }
    return rest;
  }

  private void appendMarked(String rest, List<Line.Mark> marks) {
    int from = 0;
    for (Line.Mark mark : marks) {
      append(rest.substring(from, mark.start()));
      noteMarks.add(text.mark());
      from = mark.start();
    }
    appendHoldingHalf(rest.substring(from));
  }

  /** Appends all but a half word at the end, whose hyphen may have to go. */
  private void appendHoldingHalf(String rest) {
    if (Hyphens.endsWithHyphen(rest)) {
      int start = rest.lastIndexOf(' ') + 1;
      append(rest.substring(0, start));
      heldHalf = rest.substring(start);
    } else {
      append(rest);
    }
  }

  private void append(String piece) {
    if (!piece.isEmpty()) {
      text.text(piece);
      html.text(piece);
    }
  }

  /** Marks the end of what was added; see {@link CanonicalText#mark}. */
  int mark() {
    return text.mark();
  }

  /** Marks of the references to notes, in order: as many as the lines had. */
  List<Integer> noteMarks() {
    return noteMarks;
  }

  /** Length so far, the open paragraph not counted. */
  int codePoints() {
    return text.codePoints();
  }

  /** True when no line was added. */
  boolean isEmpty() {
    return before == null;
  }

  /** Ends the chapter and gives its text. */
  String finishText() {
    endParagraph();
    return text.finish();
  }

  String finishHtml() {
    return html.finish();
  }

  int words() {
    return text.words();
  }

  boolean truncated() {
    return text.truncated();
  }

  int offsetOf(int mark) {
    return text.offsetOf(mark);
  }
}
