package dev.scriptorium.server.analysis;

import dev.scriptorium.server.catalog.result.ChapterSpans;
import dev.scriptorium.server.catalog.result.ResultItems;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.PassageType;
import dev.scriptorium.worker.v1.EntityMention;
import dev.scriptorium.worker.v1.EntityResult;
import dev.scriptorium.worker.v1.MentionResult;
import dev.scriptorium.worker.v1.PassageResult;

/** The rules of results.proto for what an analysis finds. Bound to one result. */
final class FindingChecks {
  private static final int MAX_TEXT = 4000;

  private final ResultItems items;
  private final ChapterSpans chapters;

  FindingChecks(ResultItems items, ChapterSpans chapters) {
    this.items = items;
    this.chapters = chapters;
  }

  void passage(PassageResult passage) throws ResultInvalidException {
    items.require(
        passage.getType() != PassageType.PASSAGE_TYPE_UNSPECIFIED
            && passage.getType() != PassageType.UNRECOGNIZED,
        "it has a type");
    chapters.requireRange(items, passage.getChapter(), passage.getStart(), passage.getEnd());
    String text = items.text("text", passage.getText());
    int length = passage.getEnd() - passage.getStart();
    items.require(length <= MAX_TEXT, "it has at most " + MAX_TEXT + " code points");
    items.require(
        text.codePointCount(0, text.length()) == length, "text has the length of its range");
    items.require(
        passage.getPriority() >= 0 && passage.getPriority() <= 100, "priority is 0 to 100");
    confidence(passage.getConfidence());
    for (String reason : passage.getReasonsList()) {
      items.text("reasons", reason);
    }
  }

  void mention(MentionResult mention) throws ResultInvalidException {
    type(mention.getType());
    chapters.requireRange(items, mention.getChapter(), mention.getStart(), mention.getEnd());
    name("text", mention.getText());
    confidence(mention.getConfidence());
  }

  void entity(EntityResult entity, int expectedOrdinal) throws ResultInvalidException {
    items.require(entity.getOrdinal() == expectedOrdinal, "the next ordinal is " + expectedOrdinal);
    type(entity.getType());
    name("display_name", entity.getDisplayName());
    for (String alias : entity.getAliasesList()) {
      name("aliases", alias);
    }
    long last = -1;
    for (EntityMention mention : entity.getMentionsList()) {
      chapters.requireRange(items, mention.getChapter(), mention.getStart(), mention.getEnd());
      long start = chapters.bookOffset(mention.getChapter(), mention.getStart());
      items.require(start >= last, "mentions stand in reading order");
      last = start;
    }
  }

  private void type(EntityType type) throws ResultInvalidException {
    items.require(
        type != EntityType.ENTITY_TYPE_UNSPECIFIED && type != EntityType.UNRECOGNIZED,
        "it has a type");
  }

  private void name(String field, String value) throws ResultInvalidException {
    items.require(!items.text(field, value).isEmpty(), field + " is not empty");
  }

  private void confidence(double confidence) throws ResultInvalidException {
    items.require(confidence >= 0 && confidence <= 1, "confidence is 0 to 1");
  }
}
