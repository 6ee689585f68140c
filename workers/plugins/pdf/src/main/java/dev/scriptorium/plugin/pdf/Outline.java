package dev.scriptorium.plugin.pdf;

import dev.scriptorium.booktext.Words;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionGoTo;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDNamedDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageFitWidthDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageXYZDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a document's outline into a flat list, each entry once even when the outline is a loop. */
final class Outline {
  private static final Logger LOG = LoggerFactory.getLogger(Outline.class);
  private static final int LONGEST_TITLE = 1_000;

  private final PdfFile file;
  private final PdfLimits limits;
  private final IdentityHashMap<COSBase, Integer> pageNumbers = new IdentityHashMap<>();
  private final Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * An entry.
   *
   * @param title may be empty
   * @param depth 0 for the outermost level
   * @param page from 1; 0 when the target is unknown
   * @param x distance of the target from the page's left edge in points; NaN when not given
   * @param y distance from the upper edge; NaN when not given
   */
  record Entry(String title, int depth, int page, float x, float y) {}

  private record Target(int page, float x, float y) {
    static final Target UNKNOWN = new Target(0, Float.NaN, Float.NaN);
  }

  private record Pending(PDOutlineItem item, int depth) {}

  private Outline(PdfFile file, PdfLimits limits) {
    this.file = file;
    this.limits = limits;
    for (int i = 0; i < file.pages().size(); i++) {
      pageNumbers.putIfAbsent(file.pages().get(i).getCOSObject(), i + 1);
    }
  }

  /** The entries in reading order; empty when there is no outline or it cannot be read. */
  static List<Entry> read(PdfFile file, PdfLimits limits) {
    try {
      PDDocumentOutline root = file.document().getDocumentCatalog().getDocumentOutline();
      return root == null ? List.of() : new Outline(file, limits).walk(root);
    } catch (RuntimeException e) {
      // A damaged outline must not cost the book.
      LOG.debug("the outline cannot be read", e);
      return List.of();
    }
  }

  private List<Entry> walk(PDDocumentOutline root) {
    List<Entry> entries = new ArrayList<>();
    Deque<Pending> stack = new ArrayDeque<>();
    push(stack, root.getFirstChild(), 0);
    while (!stack.isEmpty() && entries.size() < limits.book().contentsEntries()) {
      Pending next = stack.pop();
      if (!seen.add(next.item().getCOSObject())) {
        continue;
      }
      entries.add(entry(next));
      push(stack, next.item().getNextSibling(), next.depth());
      if (next.depth() + 1 < limits.book().contentsDepth()) {
        push(stack, next.item().getFirstChild(), next.depth() + 1);
      }
    }
    return entries;
  }

  private static void push(Deque<Pending> stack, PDOutlineItem item, int depth) {
    if (item != null) {
      stack.push(new Pending(item, depth));
    }
  }

  private Entry entry(Pending pending) {
    String title = pending.item().getTitle();
    Target target = target(pending.item());
    return new Entry(
        title == null ? "" : Words.line(LineText.clean(title), LONGEST_TITLE),
        pending.depth(),
        target.page(),
        target.x(),
        target.y());
  }

  private Target target(PDOutlineItem item) {
    try {
      PDDestination destination = item.getDestination();
      if (destination == null && item.getAction() instanceof PDActionGoTo action) {
        destination = action.getDestination();
      }
      if (destination instanceof PDNamedDestination named) {
        PDDocumentCatalog catalog = file.document().getDocumentCatalog();
        destination = catalog.findNamedDestinationPage(named);
      }
      return destination instanceof PDPageDestination page ? target(page) : Target.UNKNOWN;
    } catch (IOException | RuntimeException e) {
      LOG.debug("a target of the outline cannot be read", e);
      return Target.UNKNOWN;
    }
  }

  private Target target(PDPageDestination destination) {
    int number = pageNumber(destination);
    if (number < 1) {
      return Target.UNKNOWN;
    }
    PDPage page = file.pages().get(number - 1);
    if (page.getRotation() != 0) {
      return new Target(number, Float.NaN, Float.NaN);
    }
    PDRectangle box = page.getCropBox();
    if (destination instanceof PDPageXYZDestination place) {
      float left = place.getLeft() < 0 ? Float.NaN : place.getLeft() - box.getLowerLeftX();
      return new Target(number, left, down(box, place.getTop()));
    }
    float top = destination instanceof PDPageFitWidthDestination place ? place.getTop() : -1;
    return new Target(number, Float.NaN, down(box, top));
  }

  private static float down(PDRectangle box, float top) {
    return top < 0 ? Float.NaN : box.getUpperRightY() - top;
  }

  private int pageNumber(PDPageDestination destination) {
    PDPage page = destination.getPage();
    if (page != null) {
      return pageNumbers.getOrDefault(page.getCOSObject(), 0);
    }
    int index = destination.getPageNumber();
    return index >= 0 && index < file.pages().size() ? index + 1 : 0;
  }
}
