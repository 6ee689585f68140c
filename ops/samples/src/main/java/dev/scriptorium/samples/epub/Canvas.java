package dev.scriptorium.samples.epub;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * What the pictures are drawn with. Without fonts, which differ from machine to machine.
 *
 * @param graphics where to draw
 * @param width pixels
 * @param height pixels
 */
record Canvas(Graphics2D graphics, int width, int height) {
  /** Fills the rows from {@code top} to {@code bottom} with a change of colour. */
  void wash(double top, double bottom, Color upper, Color lower) {
    graphics.setPaint(new GradientPaint(0, (float) top, upper, 0, (float) bottom, lower));
    graphics.fill(new Rectangle2D.Double(0, top, width, bottom - top));
  }

  void box(double x, double y, double w, double h, Color color) {
    graphics.setPaint(color);
    graphics.fill(new Rectangle2D.Double(x, y, w, h));
  }

  void disc(double x, double y, double radius, Color color) {
    graphics.setPaint(color);
    graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  /** Fills a polygon given as x, y, x, y. */
  void shape(Color color, double... points) {
    graphics.setPaint(color);
    graphics.fill(path(true, points));
  }

  /** Draws lines from point to point. */
  void line(Color color, double thickness, double... points) {
    graphics.setPaint(color);
    graphics.setStroke(
        new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(path(false, points));
  }

  private static Path2D path(boolean closed, double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    if (closed) {
      path.closePath();
    }
    return path;
  }
}
