package dev.scriptorium.samples.epub;

import java.util.Locale;
import java.util.Random;

/** The drawn pictures, as SVG: the old map, the curve of the low waters, the corrected page. */
final class Diagrams {
  private static final int FIRST_YEAR = 1761;
  private static final int LAST_YEAR = 1903;
  private static final double NODAL_YEARS = 18.61;
  private static final double GREAT_EBB = 1885.21;

  private Diagrams() {}

  private static String svg(int width, int height, String title, String content) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
    font-family="serif">
    <title>%3$s</title>
    <rect width="%1$d" height="%2$d" fill="#f3ead6"/>
    %4$s</svg>
    """
        .formatted(width, height, title, content);
  }

  static String map() {
    String content =
        """
        <path d="M0,0 H800 V150 C700,170 640,220 600,300 C560,360 520,350 500,400 \
        C470,470 520,520 600,540 C700,560 760,540 800,560 V600 H0 Z" fill="#c9d6d8"/>
        <path d="M800,150 C700,170 640,220 600,300 C560,360 520,350 500,400 \
        C470,470 520,520 600,540 C700,560 760,540 800,560 Z" fill="#d8c9a0" stroke="#5b4a2e"/>
        <path d="M505,392 C440,340 340,250 210,190 C170,220 190,270 250,300 C340,350 430,400 492,430" \
        fill="#e6dcc0" stroke="#5b4a2e" stroke-dasharray="6 5"/>
        <path d="M505,396 L190,170" stroke="#5b4a2e" stroke-width="5" stroke-dasharray="2 6"/>
        <circle cx="176" cy="160" r="10" fill="#8a3b2a"/>
        <path d="M300,262 h18 v-30 h8 v30 h10 v16 h-36 z" fill="#8a3b2a"/>
        <g fill="#7a6a4a"><rect x="250" y="252" width="12" height="9"/>\
        <rect x="272" y="268" width="12" height="9"/><rect x="344" y="292" width="12" height="9"/>\
        <rect x="366" y="306" width="12" height="9"/><rect x="330" y="312" width="12" height="9"/></g>
        <path d="M60,470 c20,-40 90,-40 110,0 c-30,30 -80,30 -110,0" fill="#d8c9a0" stroke="#5b4a2e"/>
        <path d="M640,80 q30,-30 60,0 q10,20 -20,24 l20,14 l-34,-6 q-30,0 -26,-32" fill="none" \
        stroke="#5b4a2e" stroke-width="2"/>
        <g font-size="20" fill="#3a2e1c">
        <text x="560" y="430">Port Averil</text>
        <text x="236" y="232" font-style="italic">Old Averil</text>
        <text x="90" y="140">Gannet Head</text>
        <text x="330" y="372" font-size="15" transform="rotate(37 330 372)">The Long Ledge</text>
        <text x="66" y="520">Isle of Hern</text>
        <text x="330" y="80" font-size="28" letter-spacing="4">The Sound</text>
        </g>
        """;
    return svg(800, 600, "Port Averil and the Sound", content);
  }

  static String curve() {
    Random random = new Random(FIRST_YEAR);
    StringBuilder points = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
      double x = 60 + (year - FIRST_YEAR) * 720.0 / (LAST_YEAR - FIRST_YEAR);
      double y = 80 - 34 * feet(year) + 4 * random.nextGaussian();
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      dots.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.2\"/>", x, y));
    }
    String content =
        """
        <line x1="60" y1="80" x2="780" y2="80" stroke="#888" stroke-dasharray="4 4"/>
        <text x="10" y="85" font-size="14">datum</text>
        <text x="56" y="330" font-size="14">1761</text>
        <text x="745" y="330" font-size="14">1903</text>
        <polyline points="%s" fill="none" stroke="#a02818" stroke-width="1.4"/>
        <g fill="#a02818">%s</g>
        """
            .formatted(points.toString().strip(), dots);
    return svg(800, 350, "The lowest water of each year", content);
  }

  /** Lowest water of a year, in feet above datum: deepest where the moon's wheel comes round. */
  private static double feet(int year) {
    double phase = 2 * Math.PI * (year - GREAT_EBB) / NODAL_YEARS;
    return -2.6 - 2.2 * Math.cos(phase);
  }

  static String page() {
    StringBuilder rows = new StringBuilder();
    String[] days = {"15", "16", "17", "18", "19", "20"};
    String[] heights = {"2 9", "2 8", "2 7", "2 7", "2 8", "−1 2"};
    for (int i = 0; i < days.length; i++) {
      int y = 120 + i * 44;
      boolean copied = i >= 1 && i <= 4;
      rows.append(
          """
          <line x1="60" y1="%d" x2="540" y2="%d" stroke="#c8b890"/>
          <text x="80" y="%d" fill="%s">March %s</text><text x="240" y="%d" fill="%s">L.W.  %s</text>
          """
              .formatted(y + 12, y + 12, y, ink(copied), days[i], y, ink(copied), heights[i]));
    }
    String content =
        """
        <text x="180" y="60" font-size="26" fill="#4a3620">The Book of Tides, 1885</text>
        <g font-size="20">%s</g>
        <path d="M230,236 q40,-8 90,2 q-30,12 -90,-2" fill="#e2d4b0"/>
        <line x1="60" y1="308" x2="540" y2="308" stroke="#a02818" stroke-width="2"/>
        <g font-size="14" font-style="italic" fill="#a02818">
        <text x="360" y="190">from the table,</text><text x="360" y="212">and not observed</text>
        <text x="360" y="246">The Church was seen.</text>
        </g>
        """
            .formatted(rows);
    return svg(600, 420, "A page of the book of tides", content);
  }

  private static String ink(boolean copied) {
    return copied ? "#1c1a18" : "#6a4a24";
  }
}
