package dev.scriptorium.samples.pdf;

import java.awt.Color;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDPageContentStream;

/** The pictures of the sample book, by name. Each is 268 points wide and 170 high. */
final class Drawings {
  static final float WIDTH = Sheet.TEXT_WIDTH;
  static final float HEIGHT = 170;

  private static final Color SKY = new Color(0xE9, 0xEE, 0xF2);
  private static final Color FAR = new Color(0xC3, 0xCC, 0xD4);
  private static final Color ROCK = new Color(0x6E, 0x62, 0x57);
  private static final Color STONE = new Color(0x9A, 0x8A, 0x78);
  private static final Color RED = new Color(0xA8, 0x32, 0x2A);
  private static final Color INK = new Color(0x2B, 0x28, 0x26);

  private final PDPageContentStream content;

  private Drawings(PDPageContentStream content) {
    this.content = content;
  }

  /**
   * @throws IllegalArgumentException when there is no such picture
   */
  static Sheet.Drawing named(String name) {
    if (!name.equals("tower")) {
      throw new IllegalArgumentException("no drawing is called " + name);
    }
    return content -> new Drawings(content).tower();
  }

  /** The Rift with its two towers, and a kite between them. */
  private void tower() throws IOException {
    area(SKY, 0, 0, WIDTH, 0, WIDTH, HEIGHT, 0, HEIGHT);
    area(FAR, 70, 0, 96, 62, 120, 48, 150, 74, 178, 40, 205, 58, 215, 0);
    area(ROCK, 0, 0, 84, 0, 92, 40, 86, 78, 94, 92, 0, 92);
    area(ROCK, WIDTH, 0, 202, 0, 192, 34, 200, 60, 190, 80, WIDTH, 80);
    building(54, 92, 30, 52);
    building(206, 80, 16, 28);
    houses();
    kite();
  }

  private void building(float x, float y, float width, float height) throws IOException {
    area(STONE, x, y, x + width, y, x + width, y + height, x, y + height);
    area(INK, x - 3, y + height, x + width + 3, y + height, x + width / 2, y + height * 1.5f);
    for (int floor = 1; floor <= 3; floor++) {
      float sill = y + height * floor / 4;
      float left = x + width * 0.4f;
      area(INK, left, sill, left + 4, sill, left + 4, sill + 7, left, sill + 7);
    }
  }

  private void houses() throws IOException {
    for (int i = 0; i < 3; i++) {
      float x = 4 + i * 15;
      area(STONE, x, 92, x + 12, 92, x + 12, 104, x, 104);
      area(RED, x - 1, 104, x + 13, 104, x + 6, 113);
    }
    for (int i = 0; i < 2; i++) {
      float x = 232 + i * 16;
      area(STONE, x, 80, x + 11, 80, x + 11, 90, x, 90);
      area(RED, x - 1, 90, x + 12, 90, x + 5.5f, 98);
    }
  }

  private void kite() throws IOException {
    content.setStrokingColor(INK);
    content.setLineWidth(0.6f);
    content.moveTo(84, 138);
    content.curveTo(120, 118, 160, 128, 186, 146);
    content.stroke();
    area(RED, 180, 140, 196, 144, 194, 158, 178, 154);
    area(SKY, 181.5f, 145, 193, 147.5f, 192.4f, 152, 181, 149.4f);
    content.moveTo(178, 150);
    content.curveTo(168, 158, 164, 148, 154, 158);
    content.stroke();
  }

  /** Fills a polygon, given by the x and y of its corners. */
  private void area(Color color, float... corners) throws IOException {
    content.setNonStrokingColor(color);
    content.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      content.lineTo(corners[i], corners[i + 1]);
    }
    content.closePath();
    content.fill();
  }
}
