package dev.scriptorium.plugin.pdf;

import dev.scriptorium.booktext.LineJoint;
import dev.scriptorium.plugin.pdf.PageLayout.Placed;

/** Tells where a paragraph ends: by size, distance, indent and the end of the line before. */
final class ParagraphRules {
  private static final float WIDE_DISTANCE = 1.35f;

  private final Typography typography;

  ParagraphRules(Typography typography) {
    this.typography = typography;
  }

  /** True when a line does not continue the paragraph of the line before. */
  boolean breaks(Placed before, Placed line, boolean samePage) {
    if (!Typography.sameSize(before.line().size(), line.line().size())) {
      return true;
    }
    boolean sameColumn = samePage && !line.startsColumn();
    if (sameColumn && sameRow(before.line(), line.line())) {
      return false;
    }
    if (sameColumn && isFarBelow(before.line(), line.line())) {
      return true;
    }
    if (beginsItem(before, line)) {
      return true;
    }
    if (endsWithHyphen(before.line()) && startsLower(line.line())) {
      return false;
    }
    return line.indented() ? breaksIndented(before, line, sameColumn) : breaksFlush(before, line);
  }

  private static boolean sameRow(Line before, Line line) {
    return Math.abs(line.y() - before.y()) < 0.5f * line.size() && line.x() >= before.endX() - 1;
  }

  private boolean isFarBelow(Line before, Line line) {
    return line.y() - before.y() > WIDE_DISTANCE * typography.leading(line.size());
  }

  private static boolean beginsItem(Placed before, Placed line) {
    String text = line.line().text();
    if (ListItems.startsWithBullet(text) || ListItems.endsWithLeader(before.line().text())) {
      return true;
    }
    return ListItems.startsWithMarker(text)
        && (endsSentence(before.line()) || endsClause(before.line()) || isShort(before, line));
  }

  private static boolean endsClause(Line line) {
    return ",;:".indexOf(line.text().charAt(line.text().length() - 1)) >= 0;
  }

  private static boolean breaksIndented(Placed before, Placed line, boolean sameColumn) {
    boolean deeper = !before.indented() || line.line().x() > before.line().x() + 1.5f;
    if (sameColumn && deeper) {
      return !(startsLower(line.line()) && !endsSentence(before.line()) && !isShort(before, line));
    }
    if (!sameColumn && !startsLower(line.line())) {
      return true;
    }
    // Both are indented alike: lines of a quotation, or short paragraphs one after the other.
    if (isShort(before, line)) {
      return endsSentence(before.line()) || !startsLower(line.line());
    }
    return endsSentence(before.line()) && (line.beforeFlush() || startsSpeech(line.line()));
  }

  private static boolean breaksFlush(Placed before, Placed line) {
    if (!isShort(before, line)) {
      return false;
    }
    return endsSentence(before.line()) || !startsLower(line.line());
  }

  /** True when what begins the line would have found room at the end of the line before. */
  private static boolean isShort(Placed before, Placed line) {
    String text = line.line().text();
    float needed = LineJoint.unbroken(text) * line.line().charWidth() + 0.25f * line.line().size();
    return before.room() > needed + 2;
  }

  static boolean endsWithHyphen(Line line) {
    return Hyphens.endsWithHyphen(line.text());
  }

  private static boolean startsLower(Line line) {
    return Character.isLowerCase(line.text().codePointAt(0));
  }

  private static boolean startsSpeech(Line line) {
    return "\"'“‘„«»—–-".indexOf(line.text().charAt(0)) >= 0;
  }

  /** Ends with the mark of a sentence's end, quotes and brackets after it not counted. */
  private static boolean endsSentence(Line line) {
    String text = line.text();
    int end = text.length();
    while (end > 0 && "\"'”’“»«)]".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end == 0 || ".!?…:。！？—".indexOf(text.charAt(end - 1)) >= 0;
  }
}
