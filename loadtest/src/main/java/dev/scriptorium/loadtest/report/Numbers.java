package dev.scriptorium.loadtest.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Figures as text. */
final class Numbers {
  private static final double WHOLE_FROM = 1000;

  private Numbers() {}

  /** Whole numbers in full with commas, others with three significant digits. */
  static String format(Number number) {
    double value = number.doubleValue();
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(value)) {
        return "-";
      }
      if (Math.abs(value) < WHOLE_FROM) {
        return new BigDecimal(value).round(new MathContext(3)).toPlainString();
      }
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, "%,d", number.longValue());
  }
}
