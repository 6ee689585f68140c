package dev.scriptorium.plugin.pdf;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.contentstream.operator.OperatorProcessor;
import org.apache.pdfbox.contentstream.operator.state.Concatenate;
import org.apache.pdfbox.contentstream.operator.state.Restore;
import org.apache.pdfbox.contentstream.operator.state.Save;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.util.Matrix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the pictures that a page draws, without decoding any. Not thread-safe. */
final class PagePictures extends PDFStreamEngine {
  private static final Logger LOG = LoggerFactory.getLogger(PagePictures.class);

  /** Share of the page that a cover fills at least. */
  private static final float COVERING = 0.6f;

  /** More on a page are tiles of one, or no pictures. */
  private static final int MOST = 100;

  private final PdfLimits limits;
  private final PageBudget budget;
  private final DecodedSize decodedSize;
  private List<Drawn> drawn = new ArrayList<>();

  /**
   * A picture where it stands; lengths in points.
   *
   * @param image what PDFBox makes of it
   * @param x its middle, from the left edge of the page
   * @param endY its lower edge, from the upper edge of the page; not to be relied on when the page
   *     is turned
   */
  record Drawn(PDImageXObject image, float width, float height, float x, float endY) {
    COSStream picture() {
      return image.getCOSObject();
    }

    float area() {
      return width * height;
    }
  }

  PagePictures(PdfLimits limits, InstantSource clock, BooleanSupplier stopRequested) {
    this.limits = limits;
    this.budget = new PageBudget(limits, clock, stopRequested);
    this.decodedSize = new DecodedSize(limits.streamBytes());
    addOperator(new Save(this));
    addOperator(new Restore(this));
    addOperator(new Concatenate(this));
    addOperator(new Draw(this));
  }

  /** The picture that fills most of the page. */
  Optional<PDImageXObject> covering(PDPage page) {
    PDRectangle box = page.getCropBox();
    float least = COVERING * box.getWidth() * box.getHeight();
    return on(page).stream()
        .max(Comparator.comparingDouble(Drawn::area))
        .filter(largest -> largest.area() >= least)
        .map(Drawn::image);
  }

  /** The pictures of a page in the order of drawing; those before a limit or damage. */
  List<Drawn> on(PDPage page) {
    drawn = new ArrayList<>();
    budget.start();
    try {
      decodedSize.check(page.getContentStreams());
      processPage(page);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      LOG.debug("a page cannot be searched for pictures", e);
    }
    return drawn;
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    budget.countOperator();
    super.processOperator(operator, operands);
  }

  private void draw(PDXObject object) throws IOException {
    if (object instanceof PDImageXObject picture) {
      if (drawn.size() < MOST) {
        drawn.add(place(picture));
      }
    } else if (object instanceof PDFormXObject form && getLevel() < limits.formDepth()) {
      budget.countForm();
      decodedSize.check(form.getCOSObject());
      increaseLevel();
      try {
        showForm(form);
      } finally {
        decreaseLevel();
      }
    }
  }

  private Drawn place(PDImageXObject picture) {
    Matrix place = getGraphicsState().getCurrentTransformationMatrix();
    PDRectangle box = getCurrentPage().getCropBox();
    float lower = Math.min(0, place.getShearY()) + Math.min(0, place.getScaleY());
    return new Drawn(
        picture,
        place.getScalingFactorX(),
        place.getScalingFactorY(),
        place.getTranslateX() + (place.getScaleX() + place.getShearX()) / 2 - box.getLowerLeftX(),
        box.getUpperRightY() - (place.getTranslateY() + lower));
  }

  private static final class Draw extends OperatorProcessor {
    private final PagePictures pictures;

    Draw(PagePictures pictures) {
      super(pictures);
      this.pictures = pictures;
    }

    @Override
    public void process(Operator operator, List<COSBase> operands) throws IOException {
      if (!operands.isEmpty() && operands.getFirst() instanceof COSName name) {
        PDXObject object = pictures.getResources().getXObject(name);
        if (object != null) {
          pictures.draw(object);
        }
      }
    }

    @Override
    public String getName() {
      return OperatorName.DRAW_OBJECT;
    }
  }
}
