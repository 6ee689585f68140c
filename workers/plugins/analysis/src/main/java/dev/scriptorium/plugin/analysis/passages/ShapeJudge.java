package dev.scriptorium.plugin.analysis.passages;

import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.analysis.text.Paragraph;
import dev.scriptorium.plugin.analysis.text.Token;
import java.util.List;
import java.util.function.Predicate;

/**
 * Judges any language by length, quotations and punctuation. It cannot see what is described: a
 * paragraph that names somebody or something in mid-sentence is taken for a character, any other
 * for a place.
 */
final class ShapeJudge implements Judge {
  private final Vocabulary none;
  private final LinearModel model;

  ShapeJudge(Vocabulary none, LinearModel model) {
    this.none = none;
    this.model = model;
  }

  @Override
  public Judgement judge(Paragraph paragraph) {
    Features features = Measurement.of(paragraph, none);
    return new Judgement(
        named(paragraph) ? Passage.Type.CHARACTER : Passage.Type.LOCATION,
        model.probability("shape-description", features),
        Priority.of(model, "shape-", features),
        List.of("LONG_NARRATION", "LANGUAGE_WITHOUT_MODELS"));
  }

  private static boolean named(Paragraph paragraph) {
    Predicate<Token> name = token -> token.word() && !token.quoted() && token.capitalised();
    return paragraph.sentences().stream()
        .anyMatch(sentence -> sentence.tokens().stream().skip(1).anyMatch(name));
  }
}
