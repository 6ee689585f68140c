package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.analysis.members.Vocabulary;
import dev.scriptorium.plugin.analysis.text.Sentence;
import dev.scriptorium.plugin.analysis.text.Token;
import java.util.List;

/**
 * Chooses the sentences of a paragraph that its passage shows: without speech at either end, and of
 * a long paragraph the run with the most to see.
 */
final class Excerpt {
  /** Longest passage, in code points. */
  static final int LONGEST = 4000;

  // Longer than this, in UTF-16 units, and the best run is taken instead of the whole paragraph.
  private static final int LONG_PARAGRAPH = 1500;
  // What a word costs against what a visible one gains: a run ends where fewer than one in eight
  // words can be seen.
  private static final double COST = 0.125;

  private final Vocabulary vocabulary;

  Excerpt(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** A part of {@code sentences}, not empty when they are not. */
  List<Sentence> of(List<Sentence> sentences) {
    List<Sentence> run = withoutSpeech(sentences);
    if (run.getLast().end() - run.getFirst().start() > LONG_PARAGRAPH) {
      run = bestRun(run);
    }
    return shortened(run);
  }

  private static List<Sentence> withoutSpeech(List<Sentence> sentences) {
    int from = 0;
    int to = sentences.size();
    while (from < to && sentences.get(from).narratedWords() == 0) {
      from++;
    }
    while (to > from && sentences.get(to - 1).narratedWords() == 0) {
      to--;
    }
    return from == to ? sentences : sentences.subList(from, to);
  }

  /** The run with the greatest sum, of equals the first; all sentences when no sum is above 0. */
  private List<Sentence> bestRun(List<Sentence> sentences) {
    double best = 0;
    double sum = 0;
    int from = 0;
    int bestFrom = 0;
    int bestTo = sentences.size();
    for (int i = 0; i < sentences.size(); i++) {
      if (sum < 0) {
        sum = 0;
        from = i;
      }
      sum += gain(sentences.get(i));
      if (sum > best) {
        best = sum;
        bestFrom = from;
        bestTo = i + 1;
      }
    }
    return sentences.subList(bestFrom, bestTo);
  }

  private double gain(Sentence sentence) {
    double gain = 0;
    for (Token token : sentence.tokens()) {
      if (token.word()) {
        gain += (!token.quoted() && vocabulary.visible(token.lower()) ? 1 : 0) - COST;
      }
    }
    return gain;
  }

  /** Counts UTF-16 units, of which there are never fewer than code points. */
  private static List<Sentence> shortened(List<Sentence> run) {
    int start = run.getFirst().start();
    int size = run.size();
    while (size > 1 && run.get(size - 1).end() - start > LONGEST) {
      size--;
    }
    return run.subList(0, size);
  }
}
