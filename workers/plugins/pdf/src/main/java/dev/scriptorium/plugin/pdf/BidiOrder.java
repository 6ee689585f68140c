package dev.scriptorium.plugin.pdf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.pdfbox.text.TextPosition;

/**
 * Brings lines with a script that runs from right to left into logical order. Some programs draw
 * such a line in the order in which it is read, others as it is seen, from left to right; so only
 * the places of the glyphs count. They are sorted from left to right, and what the Unicode
 * Bidirectional Algorithm (UAX #9) did to show them so is undone: its last step, L2, is its own
 * inverse for given {@link BidiLevels}. Holds one line at a time. Not thread-safe.
 */
final class BidiOrder {
  private static final String OPENING = "([{<«‹⟨";
  private static final String CLOSING = ")]}>»›⟩";

  private final boolean rightToLeft;
  private final List<TextPosition> line = new ArrayList<>();
  private boolean mixed;

  /**
   * @param rightToLeft true when the page is read from right to left, whatever is quoted in it
   */
  BidiOrder(boolean rightToLeft) {
    this.rightToLeft = rightToLeft;
  }

  /** For a page with these glyphs: most letters decide in which direction it is read. */
  static BidiOrder of(List<List<TextPosition>> articles) {
    int balance = 0;
    for (List<TextPosition> article : articles) {
      for (TextPosition glyph : article) {
        balance +=
            switch (BidiLevels.kind(glyph.getUnicode())) {
              case RIGHT -> 1;
              case LEFT -> -1;
              default -> 0;
            };
      }
    }
    return new BidiOrder(balance > 0);
  }

  boolean rightToLeft() {
    return rightToLeft;
  }

  /** Adds a glyph of the line. */
  void add(TextPosition glyph) {
    line.add(glyph);
    BidiLevels.Kind kind = BidiLevels.kind(glyph.getUnicode());
    mixed |= kind == BidiLevels.Kind.RIGHT || kind == BidiLevels.Kind.ARABIC_NUMBER;
  }

  /** Ends the line, and gives its words anew when their order may be another one. */
  void arrange(LineBuilder builder) {
    if (mixed) {
      List<Cluster> seen = parted(sorted(clusters()));
      byte[] levels =
          BidiLevels.of(seen.stream().map(cluster -> cluster.kind).toList(), rightToLeft);
      builder.clear();
      for (int index : logical(levels)) {
        seen.get(index).addTo(builder, levels[index] == 1);
      }
    }
    line.clear();
    mixed = false;
  }

  /** A letter with its accents, or a space. */
  private static final class Cluster {
    private final List<TextPosition> glyphs = new ArrayList<>();
    private final BidiLevels.Kind kind;
    private final float left;
    private final float right;

    Cluster(TextPosition base) {
      glyphs.add(base);
      kind = BidiLevels.kind(base.getUnicode());
      left = base.getXDirAdj();
      right = left + base.getWidthDirAdj();
    }

    /** Room between two words. */
    Cluster(Cluster before, Cluster after) {
      kind = BidiLevels.Kind.BLANK;
      left = before.right;
      right = after.left;
    }

    float width() {
      return right - left;
    }

    boolean isUnder(TextPosition accent) {
      float middle = middle(accent);
      return !isBlank() && left <= middle && middle <= right;
    }

    boolean isBlank() {
      return kind == BidiLevels.Kind.BLANK;
    }

    boolean isAgain(Cluster other) {
      return left - other.left <= GlyphRun.OVERPRINT * width()
          && kind == other.kind
          && glyphs.getFirst().getUnicode().equals(other.glyphs.getFirst().getUnicode());
    }

    void addTo(LineBuilder builder, boolean mirrored) {
      if (isBlank()) {
        builder.addSpace();
        return;
      }
      for (TextPosition glyph : glyphs) {
        builder.add(glyph, mirrored ? mirrored(glyph.getUnicode()) : glyph.getUnicode());
      }
    }
  }

  /** Letters with the accents that stand over or under them, which may be drawn before or after. */
  private List<Cluster> clusters() {
    List<Cluster> clusters = new ArrayList<>(line.size());
    List<TextPosition> early = new ArrayList<>();
    for (TextPosition glyph : line) {
      boolean accent = isAccent(glyph.getUnicode());
      if (accent && !clusters.isEmpty() && clusters.getLast().isUnder(glyph)) {
        clusters.getLast().glyphs.add(glyph);
      } else if (accent) {
        early.add(glyph);
      } else {
        clusters.add(new Cluster(glyph));
        if (!clusters.getLast().isBlank()) {
          clusters.getLast().glyphs.addAll(early);
          early.clear();
        }
      }
    }
    addLate(early, clusters);
    return clusters;
  }

  /**
   * Gives accents that were drawn after all letters to those at whose place they stand; without any
   * they stand for themselves.
   */
  private static void addLate(List<TextPosition> accents, List<Cluster> clusters) {
    NavigableMap<Float, Cluster> letters = new TreeMap<>();
    for (Cluster cluster : accents.isEmpty() ? List.<Cluster>of() : clusters) {
      if (!cluster.isBlank()) {
        letters.put(cluster.left, cluster);
      }
    }
    for (TextPosition accent : accents) {
      var letter = letters.floorEntry(middle(accent));
      if (letters.isEmpty()) {
        clusters.add(new Cluster(accent));
      } else {
        (letter == null ? letters.firstEntry() : letter).getValue().glyphs.add(accent);
      }
    }
  }

  private static float middle(TextPosition glyph) {
    return glyph.getXDirAdj() + glyph.getWidthDirAdj() / 2;
  }

  private static boolean isAccent(String text) {
    return !text.isEmpty() && Character.getType(text.codePointAt(0)) == Character.NON_SPACING_MARK;
  }

  private static List<Cluster> sorted(List<Cluster> clusters) {
    List<Cluster> sorted = new ArrayList<>(clusters);
    sorted.sort(Comparator.comparingDouble(cluster -> cluster.left));
    return sorted;
  }

  /** Puts spaces where there is room for them, and leaves out what was drawn twice. */
  private static List<Cluster> parted(List<Cluster> sorted) {
    float mean = meanWidth(sorted);
    List<Cluster> parted = new ArrayList<>(sorted.size() + 16);
    for (Cluster cluster : sorted) {
      if (!parted.isEmpty()) {
        Cluster before = parted.getLast();
        if (!cluster.isBlank() && cluster.isAgain(before)) {
          continue;
        }
        if (cluster.left - before.right > gap(cluster, mean)) {
          parted.add(new Cluster(before, cluster));
        }
      }
      parted.add(cluster);
    }
    return parted;
  }

  private static float meanWidth(List<Cluster> clusters) {
    float sum = 0;
    for (Cluster cluster : clusters) {
      sum += cluster.width();
    }
    return sum / Math.max(1, clusters.size());
  }

  private static float gap(Cluster cluster, float mean) {
    float space = cluster.glyphs.getFirst().getWidthOfSpace();
    float byGlyph = GlyphRun.CHAR_TOLERANCE * mean;
    return space > 0 ? Math.min(byGlyph, GlyphRun.SPACE_TOLERANCE * space) : byGlyph;
  }

  /** Rule L2: from the highest level on, everything of at least that level is turned round. */
  private static List<Integer> logical(byte[] levels) {
    List<Integer> order = new ArrayList<>(levels.length);
    for (int i = 0; i < levels.length; i++) {
      order.add(i);
    }
    for (int level = BidiLevels.HIGHEST; level > 0; level--) {
      int start = 0;
      for (int i = 0; i <= levels.length; i++) {
        if (i == levels.length || levels[order.get(i)] < level) {
          Collections.reverse(order.subList(start, i));
          start = i + 1;
        }
      }
    }
    return order;
  }

  /** Brackets are shown turned round in text from right to left. */
  private static String mirrored(String text) {
    int opening = OPENING.indexOf(text);
    int closing = CLOSING.indexOf(text);
    if (text.length() != 1 || opening == closing) {
      return text;
    }
    return String.valueOf(opening >= 0 ? CLOSING.charAt(opening) : OPENING.charAt(closing));
  }
}
