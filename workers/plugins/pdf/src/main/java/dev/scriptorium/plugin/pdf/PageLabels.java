package dev.scriptorium.plugin.pdf;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.jspecify.annotations.Nullable;

/**
 * The labels printed on a document's pages, such as {@code xii} or {@code A-3}. Read here and not
 * by PDFBox, whose reader never ends on a looping tree and makes labels of any length.
 */
final class PageLabels {
  private static final int LONGEST_PREFIX = 50;
  private static final int MAX_NODES = 10_000;
  private static final int MAX_ROMAN = 4_999;
  private static final int LETTERS = 26;

  private static final int[] ROMAN_VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
  private static final String[] ROMAN_SIGNS = {
    "m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"
  };

  private final TreeMap<Integer, COSDictionary> ranges = new TreeMap<>();

  private PageLabels() {}

  /** The labels of a document with this catalog; the numbers of the pages when it has none. */
  static PageLabels read(COSDictionary catalog) {
    PageLabels labels = new PageLabels();
    COSDictionary root = catalog.getCOSDictionary(COSName.PAGE_LABELS);
    if (root != null) {
      labels.walk(root);
    }
    return labels;
  }

  private void walk(COSDictionary root) {
    Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<COSDictionary> nodes = new ArrayDeque<>();
    nodes.add(root);
    while (!nodes.isEmpty() && seen.size() < MAX_NODES) {
      COSDictionary node = nodes.poll();
      if (seen.add(node)) {
        addRanges(node.getCOSArray(COSName.NUMS));
        addKids(node.getCOSArray(COSName.KIDS), nodes);
      }
    }
  }

  private static void addKids(@Nullable COSArray kids, Deque<COSDictionary> nodes) {
    for (int i = 0; kids != null && i < Math.min(kids.size(), MAX_NODES); i++) {
      if (kids.getObject(i) instanceof COSDictionary kid) {
        nodes.add(kid);
      }
    }
  }

  private void addRanges(@Nullable COSArray numbers) {
    for (int i = 0; numbers != null && i + 1 < numbers.size(); i += 2) {
      if (numbers.getObject(i) instanceof COSNumber first
          && numbers.getObject(i + 1) instanceof COSDictionary range
          && first.intValue() >= 0) {
        ranges.put(first.intValue(), range);
      }
    }
  }

  /** Label of a page, counted from 1. */
  String of(int page) {
    Map.Entry<Integer, COSDictionary> entry = ranges.floorEntry(page - 1);
    if (entry == null) {
      return String.valueOf(page);
    }
    COSDictionary range = entry.getValue();
    long number = (long) range.getInt(COSName.ST, 1) + (page - 1 - entry.getKey());
    String written = String.valueOf(range.getString(COSName.P, ""));
    String prefix = written.substring(0, Math.min(written.length(), LONGEST_PREFIX));
    String label = LineText.clean(prefix + number(range.getNameAsString(COSName.S), number));
    return label.isEmpty() ? String.valueOf(page) : label;
  }

  private static String number(@Nullable String style, long number) {
    if (style == null) {
      return "";
    }
    return switch (style) {
      case "r" -> roman(number);
      case "R" -> upper(roman(number));
      case "a" -> letters(number);
      case "A" -> upper(letters(number));
      default -> String.valueOf(number);
    };
  }

  private static String upper(String label) {
    return label.toUpperCase(Locale.ROOT);
  }

  private static String roman(long number) {
    if (number < 1 || number > MAX_ROMAN) {
      return String.valueOf(number);
    }
    StringBuilder roman = new StringBuilder();
    long rest = number;
    for (int i = 0; i < ROMAN_VALUES.length; i++) {
      while (rest >= ROMAN_VALUES[i]) {
        roman.append(ROMAN_SIGNS[i]);
        rest -= ROMAN_VALUES[i];
      }
    }
    return roman.toString();
  }

  /** a to z, then aa to zz, and so on: the same letter repeated. */
  private static String letters(long number) {
    if (number < 1 || number > 10 * LETTERS) {
      return String.valueOf(number);
    }
    char letter = (char) ('a' + (number - 1) % LETTERS);
    return String.valueOf(letter).repeat((int) ((number - 1) / LETTERS) + 1);
  }
}
