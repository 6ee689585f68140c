package dev.scriptorium.worker.runner;

import dev.scriptorium.plugin.Entity;
import dev.scriptorium.plugin.Mention;
import dev.scriptorium.plugin.Passage;
import dev.scriptorium.plugin.TextRange;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.PassageType;
import dev.scriptorium.worker.v1.MentionResult;
import dev.scriptorium.worker.v1.PassageResult;
import java.util.List;
import java.util.stream.Stream;

/**
 * Turns findings from the wire into a plugin's records; the other half is {@link ResultEncoding}.
 */
final class ResultDecoding {
  private ResultDecoding() {}

  static Passage passage(PassageResult passage) {
    return new Passage(
        types(passage),
        new TextRange(passage.getChapter(), passage.getStart(), passage.getEnd()),
        passage.getText(),
        passage.getPriority(),
        passage.getConfidence(),
        passage.getReasonsList());
  }

  static Mention mention(MentionResult mention) {
    return new Mention(
        type(mention.getType()),
        mention.getText(),
        new TextRange(mention.getChapter(), mention.getStart(), mention.getEnd()),
        mention.getConfidence());
  }

  private static List<Passage.Type> types(PassageResult passage) {
    return Stream.concat(Stream.of(passage.getType()), passage.getOtherTypesList().stream())
        .map(ResultDecoding::type)
        .toList();
  }

  private static Passage.Type type(PassageType type) {
    return switch (type) {
      case PASSAGE_TYPE_LOCATION -> Passage.Type.LOCATION;
      case PASSAGE_TYPE_CHARACTER -> Passage.Type.CHARACTER;
      case PASSAGE_TYPE_ATMOSPHERE -> Passage.Type.ATMOSPHERE;
      case PASSAGE_TYPE_OBJECT -> Passage.Type.OBJECT;
      case PASSAGE_TYPE_ACTION -> Passage.Type.ACTION;
      case PASSAGE_TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("passage of type " + type);
    };
  }

  private static Entity.Type type(EntityType type) {
    return switch (type) {
      case ENTITY_TYPE_CHARACTER -> Entity.Type.CHARACTER;
      case ENTITY_TYPE_PLACE -> Entity.Type.PLACE;
      case ENTITY_TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("mention of type " + type);
    };
  }
}
