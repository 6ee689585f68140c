package dev.scriptorium.plugin.analysis.text;

import java.util.BitSet;

/**
 * Which characters of a paragraph stand inside quotation marks. Knows double marks, straight and
 * curved, guillemets, and single marks where they cannot be apostrophes. A quotation that is open
 * at the end of the paragraph is framed narration: its text counts as narration.
 */
final class Quotations {
  private final String text;
  private final int start;
  private final int end;
  private final BitSet quoted = new BitSet();
  private boolean framed;

  private Quotations(String text, int start, int end) {
    this.text = text;
    this.start = start;
    this.end = end;
  }

  /** Reads {@code text[start, end)}, one paragraph. */
  static Quotations of(String text, int start, int end) {
    Quotations quotations = new Quotations(text, start, end);
    quotations.markDouble();
    if (quotations.quoted.isEmpty() && !quotations.framed) {
      quotations.markSingle();
    }
    return quotations;
  }

  /** True when the character at this index of the text stands inside a closed quotation. */
  boolean quoted(int index) {
    return quoted.get(index - start);
  }

  /** True when the paragraph opens a quotation that it does not close. */
  boolean framed() {
    return framed;
  }

  private void markDouble() {
    int opened = -1;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      boolean straight = c == '"';
      if (opened < 0 && (straight || c == '“' || c == '«' || c == '„')) {
        opened = i;
      } else if (opened >= 0 && (straight || c == '”' || c == '»')) {
        quoted.set(opened - start, i + 1 - start);
        opened = -1;
      }
    }
    framed = opened >= 0;
  }

  private void markSingle() {
    int opened = -1;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c != '‘' && c != '’' && c != '\'') {
        continue;
      }
      if (opened < 0 && c != '’' && opens(i)) {
        opened = i;
      } else if (opened >= 0 && c != '‘' && closes(i)) {
        quoted.set(opened - start, i + 1 - start);
        opened = -1;
      }
    }
    // A curved opening mark is never an apostrophe; a straight one may be ('tis).
    framed = opened >= 0 && text.charAt(opened) == '‘';
  }

  private boolean opens(int i) {
    return (i == start || !Character.isLetterOrDigit(text.charAt(i - 1)))
        && i + 1 < end
        && Character.isLetterOrDigit(text.charAt(i + 1));
  }

  private boolean closes(int i) {
    return i > start
        && ".,!?;:—-…".indexOf(text.charAt(i - 1)) >= 0
        && (i + 1 == end || !Character.isLetterOrDigit(text.charAt(i + 1)));
  }
}
