package dev.scriptorium.loadtest.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines or points over a common pair of linear axes that start at zero, as an SVG picture inside
 * the page. Not thread-safe.
 */
public final class Plot implements Report.Part {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 300;
  private static final int LEFT = 70;
  private static final int BOTTOM = 40;
  private static final int TOP = 30;
  private static final int TICKS = 5;
  private static final List<String> COLOURS =
      List.of("#3e63dd", "#e5484d", "#30a46c", "#f76b15", "#8e4ec6", "#00a2c7", "#978365");

  private final String caption;
  private final String xName;
  private final String yName;
  private final List<Series> series = new ArrayList<>();

  private Plot(String caption, String xName, String yName) {
    this.caption = caption;
    this.xName = xName;
    this.yName = yName;
  }

  /** An empty plot; the names of the axes carry their units. */
  public static Plot of(String caption, String xName, String yName) {
    return new Plot(caption, xName, yName);
  }

  /**
   * Adds a line through points.
   *
   * @throws IllegalArgumentException when the two lists differ in length
   */
  public Plot line(String name, List<? extends Number> xs, List<? extends Number> ys) {
    series.add(new Series(name, true, numbers(xs), numbers(ys)));
    return this;
  }

  /** Adds points that no line joins. */
  public Plot points(String name, List<? extends Number> xs, List<? extends Number> ys) {
    series.add(new Series(name, false, numbers(xs), numbers(ys)));
    return this;
  }

  @Override
  public void print(PrintWriter out) {
    // A picture says nothing in letters; whoever adds one adds a table with its figures.
  }

  @Override
  public void append(StringBuilder page) {
    double right = Math.max(1e-9, greatest(true));
    double top = Math.max(1e-9, greatest(false));
    page.append("<figure><figcaption>").append(Html.escape(caption)).append("</figcaption>\n");
    page.append(
        "<svg viewBox=\"0 0 %d %d\" width=\"%d\" font-size=\"12\" fill=\"currentColor\">%n"
            .formatted(WIDTH, HEIGHT, WIDTH));
    axes(page, right, top);
    for (int index = 0; index < series.size(); index++) {
      String colour = COLOURS.get(index % COLOURS.size());
      draw(page, series.get(index), colour, right, top);
      page.append(
          "<text x=\"%d\" y=\"14\" fill=\"%s\">%s</text>%n"
              .formatted(LEFT + index * 110, colour, Html.escape(series.get(index).name())));
    }
    page.append("</svg></figure>\n");
  }

  private void axes(StringBuilder page, double right, double top) {
    for (int tick = 0; tick <= TICKS; tick++) {
      double y = top * tick / TICKS;
      double x = right * tick / TICKS;
      page.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#8885\"/>%n",
              LEFT,
              WIDTH - 10,
              y(y, top),
              y(y, top)));
      page.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
              LEFT - 6,
              y(y, top) + 4,
              Numbers.format(y)));
      page.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
              x(x, right),
              HEIGHT - BOTTOM + 16,
              Numbers.format(x)));
    }
    page.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
            .formatted(WIDTH - 10, HEIGHT - 6, Html.escape(xName)));
    page.append("<text x=\"4\" y=\"%d\">%s</text>%n".formatted(HEIGHT - 6, Html.escape(yName)));
  }

  private static void draw(
      StringBuilder page, Series series, String colour, double right, double top) {
    if (series.joined()) {
      page.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"")
          .append(colour)
          .append("\" points=\"");
      for (int i = 0; i < series.xs().length; i++) {
        page.append(
            String.format(
                Locale.ROOT, "%.1f,%.1f ", x(series.xs()[i], right), y(series.ys()[i], top)));
      }
      page.append("\"/>\n");
      return;
    }
    for (int i = 0; i < series.xs().length; i++) {
      page.append(
          String.format(
              Locale.ROOT,
              "<circle r=\"2.5\" cx=\"%.1f\" cy=\"%.1f\" fill=\"%s\"/>%n",
              x(series.xs()[i], right),
              y(series.ys()[i], top),
              colour));
    }
  }

  private double greatest(boolean x) {
    double greatest = 0;
    for (Series one : series) {
      for (double value : x ? one.xs() : one.ys()) {
        greatest = Math.max(greatest, value);
      }
    }
    return greatest;
  }

  private static double x(double value, double right) {
    return LEFT + value / right * (WIDTH - LEFT - 20);
  }

  private static double y(double value, double top) {
    return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP);
  }

  private static double[] numbers(List<? extends Number> values) {
    return values.stream().mapToDouble(Number::doubleValue).toArray();
  }

  /** One line or cloud. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  private record Series(String name, boolean joined, double[] xs, double[] ys) {
    Series {
      if (xs.length != ys.length) {
        throw new IllegalArgumentException(
            "%d x values but %d y values".formatted(xs.length, ys.length));
      }
    }
  }
}
