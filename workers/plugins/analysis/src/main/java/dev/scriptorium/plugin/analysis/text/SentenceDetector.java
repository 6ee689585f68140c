package dev.scriptorium.plugin.analysis.text;

import java.util.ArrayList;
import java.util.List;
import opennlp.tools.util.Span;

/** Finds the sentences that the library finds, with the same model. Thread-safe. */
final class SentenceDetector {
  private final SentenceParameters parameters;

  SentenceDetector(SentenceParameters parameters) {
    this.parameters = parameters;
  }

  /** Sentences in order, without blanks at either end. */
  List<Span> sentences(String text) {
    List<Span> found = new ArrayList<>();
    int start = 0;
    int decided = 0;
    for (int mark = nextMark(text, 0); mark < text.length(); ) {
      int next = nextMark(text, mark + 1);
      if (mark >= start && last(text, mark, next) && parameters.endsAt(text, mark)) {
        // A mark right behind one at which a sentence ended ends none of its own.
        if (mark != decided) {
          int from = Blanks.skip(text, Blanks.next(text, mark + 1));
          add(text, start, from, found);
          start = from;
        }
        decided = mark + 1;
      }
      mark = next;
    }
    add(text, start, text.length(), found);
    return found;
  }

  /** False for a mark with another one in the same word, unless a capital stands between them. */
  private static boolean last(String text, int mark, int next) {
    return next >= Blanks.next(text, mark + 1) || Character.isUpperCase(text.charAt(mark + 1));
  }

  private static int nextMark(String text, int from) {
    int i = from;
    while (i < text.length() && !SentenceParameters.mark(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static void add(String text, int from, int to, List<Span> found) {
    int start = Blanks.skip(text, from);
    int end = to;
    while (end > start && Blanks.blank(text.charAt(end - 1))) {
      end--;
    }
    if (end > start) {
      found.add(new Span(start, end));
    }
  }
}
