package dev.scriptorium.plugin.pdf;

import java.io.Serial;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * Counts what one page costs and ends its reading when that is too much: PDFBox itself has no
 * bounds, and a page of one kilobyte can ask for 10^10 drawings. Not thread-safe.
 */
final class PageBudget {
  /** How many countings lie between two looks at the clock; a power of two. */
  private static final int CLOCK_INTERVAL = 512;

  private final PdfLimits limits;
  private final InstantSource clock;
  private final BooleanSupplier stopRequested;
  private Instant endsAt;
  private int operators;
  private int glyphs;
  private int forms;

  /**
   * @param stopRequested true when the job has to end; asked often, so it must be cheap
   */
  PageBudget(PdfLimits limits, InstantSource clock, BooleanSupplier stopRequested) {
    this.limits = limits;
    this.clock = clock;
    this.stopRequested = stopRequested;
    this.endsAt = clock.instant();
  }

  /** Begins a page. */
  void start() {
    operators = 0;
    glyphs = 0;
    forms = 0;
    endsAt = clock.instant().plus(limits.pageTime());
  }

  /** Counts an operator of the content stream. */
  void countOperator() {
    require(++operators <= limits.operatorsPerPage(), "operators=" + limits.operatorsPerPage());
    checkClock(operators);
  }

  /** Counts a glyph. */
  void countGlyph() {
    require(++glyphs <= limits.glyphsPerPage(), "glyphs=" + limits.glyphsPerPage());
    checkClock(glyphs);
  }

  /** Counts the drawing of a form object. */
  void countForm() {
    require(++forms <= limits.formsPerPage(), "forms=" + limits.formsPerPage());
  }

  private void checkClock(int count) {
    if ((count & (CLOCK_INTERVAL - 1)) != 0) {
      return;
    }
    require(!stopRequested.getAsBoolean(), "stopped");
    require(clock.instant().isBefore(endsAt), "page-seconds=" + limits.pageTime().toSeconds());
  }

  private static void require(boolean within, String limit) {
    if (!within) {
      throw new Exceeded(limit);
    }
  }

  /**
   * Ends a page. Unchecked, because PDFBox logs and forgets the {@link java.io.IOException}s of
   * nested forms.
   */
  static final class Exceeded extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String limit;

    private Exceeded(String limit) {
      super("limit of a page reached: " + limit, null, false, false);
      this.limit = limit;
    }

    /** The limit, for example {@code glyphs=300000}. */
    String limit() {
      return limit;
    }
  }
}
