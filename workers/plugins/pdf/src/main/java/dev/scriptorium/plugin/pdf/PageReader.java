package dev.scriptorium.plugin.pdf;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDTransparencyGroup;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the lines of a page in the order in which they were drawn, which is the reading order of
 * nearly every book. Sorting by position is never used: it zips two columns together line by line.
 * Not thread-safe.
 */
final class PageReader extends PDFTextStripper {
  private static final Logger LOG = LoggerFactory.getLogger(PageReader.class);

  /** Bold letters are drawn twice; more than this on a page is no typography. */
  private static final int MOST_REPEATS = 1_000;

  private final PdfLimits limits;
  private final PageBudget budget;
  private final DecodedSize decodedSize;
  private final Set<COSStream> openForms = Collections.newSetFromMap(new IdentityHashMap<>());
  private final LineBuilder builder = new LineBuilder();
  private List<Line> lines = new ArrayList<>();
  private final Legibility legibility = new Legibility();
  private boolean pictures;
  private @Nullable TextPosition last;
  private int repeats;

  /**
   * @param stopRequested true when the job has to end; the page being read then ends early
   */
  PageReader(PdfLimits limits, InstantSource clock, BooleanSupplier stopRequested) {
    this.limits = limits;
    this.budget = new PageBudget(limits, clock, stopRequested);
    this.decodedSize = new DecodedSize(limits.streamBytes());
    // Searching for doubled glyphs costs a third of the time, and few books draw bold that way.
    setSuppressDuplicateOverlappingText(false);
    setSortByPosition(false);
  }

  /** Reads a page; what cannot be read is left out and named in the page's problem. */
  PageText read(PDPage page, int number) {
    lines = new ArrayList<>();
    pictures = false;
    last = null;
    repeats = 0;
    openForms.clear();
    builder.startPage();
    legibility.startPage();
    budget.start();
    String problem = "";
    try {
      readWithinBudget(page);
    } catch (PageBudget.Exceeded e) {
      problem = e.limit();
    } catch (DecodedSize.StreamTooLarge e) {
      problem = e.limit();
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // PDFBox meets damaged structures with any unchecked exception, and nested ones by calling
      // itself; the page is lost, not the book.
      LOG.debug("page {} cannot be read", number, e);
      problem = "unreadable";
    }
    if (problem.isEmpty() && repeats > MOST_REPEATS) {
      problem = "glyphs drawn again at the same place are left out";
    } else if (problem.isEmpty() && decodedSize.takeRepaired()) {
      problem = "a stream has impossible parameters, which are left out";
    }
    PDRectangle box = page.getCropBox();
    return new PageText(
        number,
        shownWidth(page),
        isTurned(page) ? box.getWidth() : box.getHeight(),
        lines,
        pictures,
        legibility.garbled(),
        problem);
  }

  private void readWithinBudget(PDPage page) throws IOException {
    decodedSize.check(page.getContentStreams());
    try {
      processPage(page);
    } catch (IOException | RuntimeException e) {
      // What was drawn until then is text all the same.
      writePage();
      throw e;
    }
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    budget.countOperator();
    String name = operator.getName();
    if (OperatorName.DRAW_OBJECT.equals(name)) {
      pictures |= drawsPicture(operands);
    } else if (OperatorName.BEGIN_INLINE_IMAGE.equals(name)) {
      pictures = true;
    } else if (OperatorName.SET_FONT_AND_SIZE.equals(name)) {
      decodedSize.checkFont(getResources(), operands);
    }
    super.processOperator(operator, operands);
  }

  private boolean drawsPicture(List<COSBase> operands) {
    return !operands.isEmpty()
        && operands.getFirst() instanceof COSName name
        && getResources().isImageXObject(name);
  }

  @Override
  protected void showGlyph(Matrix matrix, PDFont font, int code, Vector displacement)
      throws IOException {
    // Counted here, for PDFBox leaves out glyphs whose letter is unknown.
    budget.countGlyph();
    legibility.drawn();
    super.showGlyph(matrix, font, code, displacement);
  }

  @Override
  protected void processTextPosition(TextPosition text) {
    legibility.read(text.getUnicode());
    if (isDrawnAgain(text)) {
      repeats++;
    } else {
      super.processTextPosition(text);
    }
    last = text;
  }

  /** The same glyph at the very same place: a reader sees one. */
  private boolean isDrawnAgain(TextPosition text) {
    TextPosition before = last;
    return before != null
        && text.getWidth() > 0
        && text.getX() == before.getX()
        && text.getY() == before.getY()
        && text.getUnicode().equals(before.getUnicode());
  }

  @Override
  public void showForm(PDFormXObject form) throws IOException {
    if (open(form)) {
      try {
        super.showForm(form);
      } finally {
        openForms.remove(form.getCOSObject());
      }
    }
  }

  @Override
  public void showTransparencyGroup(PDTransparencyGroup form) throws IOException {
    if (open(form)) {
      try {
        super.showTransparencyGroup(form);
      } finally {
        openForms.remove(form.getCOSObject());
      }
    }
  }

  /** False for a form that draws itself, and below the deepest nesting. */
  private boolean open(PDFormXObject form) throws IOException {
    budget.countForm();
    COSStream stream = form.getCOSObject();
    if (openForms.size() >= limits.formDepth() || openForms.contains(stream)) {
      return false;
    }
    decodedSize.check(stream);
    return openForms.add(stream);
  }

  @Override
  protected void writePage() {
    List<List<TextPosition>> articles = getCharactersByArticle();
    BidiOrder order =
        articles.stream().anyMatch(GlyphRun::needsReordering) ? BidiOrder.of(articles) : null;
    if (order != null && order.rightToLeft()) {
      builder.readFromTheRight(shownWidth(getCurrentPage()));
    }
    GlyphRun run = new GlyphRun(builder, lines, order);
    articles.forEach(run::add);
  }

  private static float shownWidth(PDPage page) {
    PDRectangle box = page.getCropBox();
    return isTurned(page) ? box.getHeight() : box.getWidth();
  }

  private static boolean isTurned(PDPage page) {
    return page.getRotation() % 180 != 0;
  }
}
