package dev.scriptorium.samples.epub;

import java.awt.Color;
import java.util.Random;

/** The painted pictures: harbour, ebb, lighthouse, cover. */
final class Seascapes {
  private static final Color NIGHT = new Color(18, 26, 44);
  private static final Color DUSK = new Color(70, 86, 112);
  private static final Color GLOW = new Color(240, 214, 160);
  private static final Color STONE = new Color(58, 54, 52);
  private static final Color SLATE = new Color(72, 80, 94);
  private static final Color FOAM = new Color(235, 240, 240);
  private static final Color LAMP = new Color(255, 224, 130);
  private static final Color MUD = new Color(122, 104, 84);
  private static final Color WRACK = new Color(46, 66, 48);

  private Seascapes() {}

  static void harbour(Canvas c) {
    Random random = new Random(1761);
    c.wash(0, 300, new Color(120, 132, 150), GLOW);
    c.disc(760, 250, 34, new Color(255, 236, 190));
    c.shape(SLATE, 0, 330, 0, 190, 180, 130, 400, 210, 560, 300, 1000, 300, 1000, 330);
    c.wash(300, 640, new Color(176, 172, 152), new Color(44, 66, 86));
    ripples(c, random, 320, 640, new Color(240, 228, 190, 110), 260);
    ledge(c, random);
    lighthouse(c, 905, 330, 1.0);
    for (int i = 0; i < 16; i++) {
      house(c, random, 20 + i * 36.0, 392 - Math.abs(7 - i) * 7 - random.nextInt(30));
    }
    c.box(0, 400, 660, 24, STONE);
    c.box(640, 338, 86, 86, new Color(228, 226, 216));
    c.box(640, 390, 86, 34, new Color(30, 28, 28));
    c.shape(SLATE, 632, 338, 683, 306, 734, 338);
    c.box(668, 350, 30, 24, LAMP);
    for (int i = 0; i < 5; i++) {
      boat(c, 90 + i * 118.0, 480 + (i % 3) * 34.0, 0.8 + (i % 3) * 0.25);
    }
  }

  private static void ledge(Canvas c, Random random) {
    for (int x = 560; x < 900; x += 7) {
      c.disc(x, 334 + random.nextInt(6), 3 + random.nextInt(5), STONE);
      c.disc(x + 3, 340 + random.nextInt(5), 2 + random.nextInt(3), FOAM);
    }
  }

  private static void house(Canvas c, Random random, double x, double y) {
    int shade = 170 + random.nextInt(70);
    c.box(x, y, 34, 402 - y, new Color(shade, shade - 6, shade - 18));
    c.shape(SLATE, x - 3, y, x + 17, y - 22, x + 37, y);
    c.box(x + 25, y - 26, 6, 16, STONE);
    c.box(x + 7, y + 10, 8, 11, random.nextInt(3) == 0 ? LAMP : NIGHT);
    c.box(x + 20, y + 10, 8, 11, random.nextInt(4) == 0 ? LAMP : NIGHT);
  }

  private static void boat(Canvas c, double x, double y, double scale) {
    double s = scale * 40;
    c.shape(
        new Color(40, 34, 30),
        x - s,
        y,
        x + s,
        y,
        x + 0.75 * s,
        y + 0.4 * s,
        x - 0.75 * s,
        y + 0.4 * s);
    c.line(NIGHT, 2.5, x, y, x, y - 2.2 * s);
    c.shape(
        new Color(140, 84, 56), x + 3, y - 2.1 * s, x + 0.8 * s, y - 0.3 * s, x + 3, y - 0.3 * s);
  }

  private static void ripples(
      Canvas c, Random random, int top, int bottom, Color color, int count) {
    for (int i = 0; i < count; i++) {
      double y = top + (bottom - top) * random.nextDouble();
      double x = c.width() * random.nextDouble();
      double length = 8 + 50 * (y - top) / (bottom - top);
      c.line(color, 1.2, x, y, x + length, y);
    }
  }

  private static void lighthouse(Canvas c, double x, double ground, double s) {
    c.shape(
        STONE,
        x - 70 * s,
        ground + 12 * s,
        x - 30 * s,
        ground - 14 * s,
        x + 34 * s,
        ground - 12 * s,
        x + 74 * s,
        ground + 12 * s);
    c.shape(
        FOAM,
        x - 16 * s,
        ground - 8 * s,
        x - 10 * s,
        ground - 110 * s,
        x + 10 * s,
        ground - 110 * s,
        x + 16 * s,
        ground - 8 * s);
    c.box(x - 13 * s, ground - 74 * s, 26 * s, 18 * s, new Color(168, 48, 40));
    c.box(x - 14 * s, ground - 116 * s, 28 * s, 6 * s, NIGHT);
    c.box(x - 8 * s, ground - 134 * s, 16 * s, 18 * s, LAMP);
    c.shape(NIGHT, x - 11 * s, ground - 134 * s, x, ground - 148 * s, x + 11 * s, ground - 134 * s);
  }

  static void ebb(Canvas c) {
    Random random = new Random(1703);
    c.wash(0, 300, new Color(150, 160, 172), new Color(224, 214, 196));
    c.wash(300, 640, MUD, new Color(78, 66, 56));
    for (int i = 0; i < 420; i++) {
      double y = 306 + 330 * random.nextDouble();
      double x = 1000 * random.nextDouble();
      c.line(new Color(206, 204, 196, 120), 1 + (y - 300) / 140, x, y, x + (y - 280) / 5, y + 1);
    }
    for (int i = 0; i < 26; i++) {
      ruin(c, random, 40 + i * 37.0);
    }
    tower(c);
    for (int i = 0; i < 14; i++) {
      figure(c, 80 + 62.0 * i + random.nextInt(30), 520 + random.nextInt(90));
    }
  }

  private static void ruin(Canvas c, Random random, double x) {
    double height = 26 + random.nextInt(44);
    double y = 352 + random.nextInt(18);
    c.shape(
        SLATE, x, y, x, y - height, x + 10, y - height - 9, x + 24, y - height * 0.7, x + 30, y);
    for (int i = 0; i < 5; i++) {
      double at = x + 2 + i * 6;
      c.line(WRACK, 2, at, y - height * 0.7, at, y - height * 0.7 + 8 + random.nextInt(16));
    }
  }

  private static void tower(Canvas c) {
    c.shape(
        new Color(64, 68, 78),
        440,
        380,
        440,
        170,
        470,
        150,
        520,
        164,
        566,
        146,
        590,
        176,
        590,
        380);
    c.disc(515, 330, 34, NIGHT);
    c.box(481, 330, 68, 50, NIGHT);
    c.line(new Color(30, 24, 20), 10, 470, 210, 560, 210);
    c.shape(new Color(92, 104, 84), 496, 258, 500, 226, 515, 212, 530, 226, 534, 258);
    c.disc(515, 262, 6, NIGHT);
    for (int x = 444; x < 590; x += 9) {
      c.line(WRACK, 3, x, 186 + (x * 7) % 40, x, 214 + (x * 13) % 60);
    }
  }

  private static void figure(Canvas c, double x, double y) {
    double s = (y - 440) / 8;
    c.disc(x, y - 2.6 * s, 0.5 * s, NIGHT);
    c.shape(
        NIGHT, x - 0.6 * s, y, x - 0.45 * s, y - 2 * s, x + 0.45 * s, y - 2 * s, x + 0.6 * s, y);
    c.line(new Color(30, 26, 24, 120), 2, x, y + 2, x + 2 * s, y + 3);
  }

  static void light(Canvas c) {
    Random random = new Random(1903);
    c.wash(0, 420, new Color(106, 140, 176), new Color(250, 226, 178));
    c.wash(420, 640, new Color(224, 216, 204), new Color(172, 182, 192));
    c.disc(180, 330, 46, new Color(255, 244, 214));
    lighthouse(c, 640, 470, 2.4);
    for (int i = 0; i < 260; i++) {
      double y = 380 + 260 * random.nextDouble();
      double x = 1100 * random.nextDouble() - 50;
      c.disc(x, y, 20 + 60 * random.nextDouble(), new Color(246, 246, 242, 90));
    }
    for (int i = 0; i < 7; i++) {
      double x = 220 + 50.0 * i + random.nextInt(30);
      double y = 120 + random.nextInt(120);
      c.line(NIGHT, 2, x - 12, y - 5, x, y, x + 12, y - 5);
    }
  }

  static void cover(Canvas c) {
    Random random = new Random(1885);
    c.wash(0, 780, NIGHT, DUSK);
    for (int i = 0; i < 160; i++) {
      c.disc(900 * random.nextDouble(), 600 * random.nextDouble(), 0.8 + random.nextDouble(), FOAM);
    }
    c.disc(450, 560, 86, new Color(250, 240, 206));
    c.wash(780, 1350, new Color(90, 104, 122), new Color(22, 28, 40));
    for (int i = 0; i < 130; i++) {
      double y = 790 + 540 * random.nextDouble();
      double half = 20 + 70 * random.nextDouble() + (y - 780) / 6;
      c.line(new Color(250, 240, 206, 60), 2, 450 - half, y, 450 + half, y);
    }
    c.shape(new Color(14, 16, 22), 300, 1010, 300, 830, 330, 800, 380, 816, 430, 796, 456, 1010);
    c.disc(378, 960, 26, DUSK);
    c.box(352, 960, 52, 50, DUSK);
    c.shape(
        new Color(14, 16, 22),
        0,
        1010,
        120,
        960,
        260,
        1000,
        520,
        1000,
        700,
        970,
        900,
        1000,
        900,
        1060,
        0,
        1060);
    lighthouse(c, 720, 985, 1.3);
    c.shape(new Color(255, 240, 190, 70), 720, 820, 0, 690, 0, 850);
    Lettering.centred(c, "THE", 110, 10, GLOW);
    Lettering.centred(c, "GREAT", 210, 22, GLOW);
    Lettering.centred(c, "EBB", 1130, 22, GLOW);
  }
}
