package dev.scriptorium.plugin.analysis.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import opennlp.tools.util.Span;

/** Takes back the breaks that a sentence model makes after abbreviations and initials. */
final class SentenceBreaks {
  // The model breaks after "Mrs." more often than not: it was trained on weblogs and letters.
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "st", "messrs", "mme", "mmes", "mlle", "mlles", "prof", "rev",
          "hon", "capt", "col", "gen", "maj", "lieut", "lt", "sergt", "sgt", "corp", "adm", "gov",
          "sen", "rep", "esq", "jr", "sr", "mt", "ft", "no", "nos", "vol", "pp", "fig", "viz", "cf",
          "e.g", "i.e", "vs", "bros", "co", "supt", "insp", "pres", "supp", "hr", "fr", "monsr");

  private SentenceBreaks() {}

  /**
   * @param text what was split
   * @param spans sentences in order, as the model gives them
   * @return the same sentences with wrongly separated ones joined
   */
  static List<Span> repair(String text, List<Span> spans) {
    List<Span> repaired = new ArrayList<>(spans.size());
    for (Span span : spans) {
      Span last = repaired.isEmpty() ? null : repaired.getLast();
      if (last != null && wrong(text, last, span)) {
        repaired.set(repaired.size() - 1, new Span(last.getStart(), span.getEnd()));
      } else {
        repaired.add(span);
      }
    }
    return repaired;
  }

  private static boolean wrong(String text, Span before, Span after) {
    int next = text.codePointAt(after.getStart());
    if (Character.isLowerCase(next)) {
      return true;
    }
    int end = before.getEnd();
    if (text.charAt(end - 1) != '.') {
      return false;
    }
    String word = lastWord(text, before.getStart(), end - 1);
    if (word.equals("no") || word.equals("nos")) {
      return Character.isDigit(next);
    }
    boolean initial = word.length() == 1 && Character.isLetter(word.charAt(0)) && !word.equals("i");
    return ABBREVIATIONS.contains(word) || (initial && Character.isUpperCase(next));
  }

  private static String lastWord(String text, int start, int end) {
    int from = end;
    while (from > start && wordCharacter(text.charAt(from - 1))) {
      from--;
    }
    return text.substring(from, end).toLowerCase(Locale.ROOT);
  }

  private static boolean wordCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '\'' || c == '’';
  }
}
