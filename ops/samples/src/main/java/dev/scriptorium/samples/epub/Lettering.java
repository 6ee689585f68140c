package dev.scriptorium.samples.epub;

import java.awt.Color;
import java.util.Map;

/** Capital letters made of strokes on a grid of 4 by 6: as many as the cover needs. */
final class Lettering {
  private static final Map<Character, double[][]> LETTERS =
      Map.of(
          'A', new double[][] {{0, 6, 2, 0, 4, 6}, {0.8, 4, 3.2, 4}},
          'B',
              new double[][] {
                {0, 0, 0, 6, 3, 6, 4, 5, 4, 4, 3, 3, 0, 3}, {3, 3, 3.7, 2.2, 3.7, 0.8, 3, 0, 0, 0}
              },
          'E', new double[][] {{4, 0, 0, 0, 0, 6, 4, 6}, {0, 3, 3, 3}},
          'G', new double[][] {{4, 1, 3, 0, 1, 0, 0, 1, 0, 5, 1, 6, 3, 6, 4, 5, 4, 3.4, 2.4, 3.4}},
          'H', new double[][] {{0, 0, 0, 6}, {4, 0, 4, 6}, {0, 3, 4, 3}},
          'R', new double[][] {{0, 6, 0, 0, 3, 0, 4, 1, 4, 2, 3, 3, 0, 3}, {2, 3, 4, 6}},
          'T', new double[][] {{0, 0, 4, 0}, {2, 0, 2, 6}});

  private static final double ADVANCE = 5.6;

  private Lettering() {}

  /**
   * Writes a word in the middle of the canvas.
   *
   * @param top of the letters
   * @param unit size of a cell of the grid, in pixels
   */
  static void centred(Canvas canvas, String word, double top, double unit, Color color) {
    double x = (canvas.width() - (word.length() * ADVANCE - 1.6) * unit) / 2;
    for (int i = 0; i < word.length(); i++) {
      for (double[] stroke : LETTERS.getOrDefault(word.charAt(i), new double[0][])) {
        canvas.line(color, unit * 0.7, placed(stroke, x, top, unit));
      }
      x += ADVANCE * unit;
    }
  }

  private static double[] placed(double[] stroke, double x, double y, double unit) {
    double[] placed = new double[stroke.length];
    for (int i = 0; i < stroke.length; i += 2) {
      placed[i] = x + stroke[i] * unit;
      placed[i + 1] = y + stroke[i + 1] * unit;
    }
    return placed;
  }
}
