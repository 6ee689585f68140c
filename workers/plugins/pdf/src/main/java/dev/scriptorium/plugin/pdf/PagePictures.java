package dev.scriptorium.plugin.pdf;

import java.io.IOException;
import java.time.InstantSource;
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
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.util.Matrix;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the largest picture that a page draws, without decoding any. Not thread-safe. */
final class PagePictures extends PDFStreamEngine {
  private static final Logger LOG = LoggerFactory.getLogger(PagePictures.class);

  /** Share of the page that a cover fills at least. */
  private static final float COVERING = 0.6f;

  private final PdfLimits limits;
  private final PageBudget budget;
  private final DecodedSize decodedSize;
  private @Nullable PDImageXObject largest;
  private float largestArea;

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
    largest = null;
    largestArea = 0;
    budget.start();
    try {
      decodedSize.check(page.getContentStreams());
      processPage(page);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      LOG.debug("the first page cannot be searched for a cover", e);
    }
    PDRectangle box = page.getCropBox();
    return largestArea >= COVERING * box.getWidth() * box.getHeight()
        ? Optional.ofNullable(largest)
        : Optional.empty();
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    budget.countOperator();
    super.processOperator(operator, operands);
  }

  private void draw(PDXObject object) throws IOException {
    if (object instanceof PDImageXObject picture) {
      Matrix place = getGraphicsState().getCurrentTransformationMatrix();
      float area = place.getScalingFactorX() * place.getScalingFactorY();
      if (area > largestArea) {
        largest = picture;
        largestArea = area;
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
