package dev.scriptorium.plugin.analysis.training;

import dev.scriptorium.plugin.analysis.members.Features;
import dev.scriptorium.plugin.analysis.members.Measurement;
import dev.scriptorium.plugin.analysis.members.Vocabulary;
import dev.scriptorium.plugin.analysis.text.ChapterReader;
import dev.scriptorium.plugin.analysis.text.CodePoints;
import dev.scriptorium.plugin.analysis.text.EnglishModels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The labelled paragraphs of one text, measured. Immutable. */
public final class Lesson {
  private final List<Example> examples;

  private Lesson(List<Example> examples) {
    this.examples = List.copyOf(examples);
  }

  /**
   * Measures a text.
   *
   * @param text canonical text
   * @param labels of its paragraphs; one without a label is not learned from
   */
  public static Lesson of(
      String text, List<Label> labels, EnglishModels models, Vocabulary vocabulary) {
    CodePoints codePoints = CodePoints.of(text);
    Map<Integer, Features> plain = new HashMap<>();
    ChapterReader.plain("en")
        .<RuntimeException>read(
            text,
            paragraph -> {
              plain.put(paragraph.start(), Measurement.of(paragraph, Vocabulary.none()));
              return true;
            });
    List<Example> examples = new ArrayList<>();
    ChapterReader.english(models)
        .<RuntimeException>read(
            text,
            paragraph -> {
              int start = codePoints.offset(paragraph.start());
              Features shape = plain.get(paragraph.start());
              if (shape != null && !paragraph.sentences().isEmpty()) {
                labels.stream()
                    .filter(label -> label.covers(start))
                    .map(label -> new Example(Measurement.of(paragraph, vocabulary), shape, label))
                    .forEach(examples::add);
              }
              return true;
            });
    return new Lesson(examples);
  }

  List<Example> examples() {
    return examples;
  }
}
