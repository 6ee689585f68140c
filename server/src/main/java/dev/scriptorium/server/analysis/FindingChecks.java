package dev.scriptorium.server.analysis;

import dev.scriptorium.server.catalog.result.ChapterSpans;
import dev.scriptorium.server.catalog.result.ResultItems;
import dev.scriptorium.server.jobs.ResultInvalidException;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.Keyword;
import dev.scriptorium.v1.PassageType;
import dev.scriptorium.v1.Readability;
import dev.scriptorium.worker.v1.AnalysisRunResult;
import dev.scriptorium.worker.v1.ChapterFactsResult;
import dev.scriptorium.worker.v1.EntityMention;
import dev.scriptorium.worker.v1.EntityResult;
import dev.scriptorium.worker.v1.FactsResult;
import dev.scriptorium.worker.v1.MemberRunResult;
import dev.scriptorium.worker.v1.MentionResult;
import dev.scriptorium.worker.v1.PassageResult;
import dev.scriptorium.worker.v1.QuotationResult;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** The rules of results.proto for what an analysis finds. Bound to one result. */
final class FindingChecks {
  private static final int MAX_TEXT = 4000;
  private static final int MAX_QUOTATION = 1000;
  private static final int MAX_LANGUAGE = 35;
  private static final int MAX_WORD = 100;
  private static final int MAX_MEMBERS = 50;
  private static final int MAX_FALLBACKS = 20;
  private static final int SHARED = -1;

  private final ResultItems items;
  private final ChapterSpans chapters;
  private final Set<Integer> chaptersWithFacts = new HashSet<>();
  private boolean bookFactsSeen;
  private boolean runSeen;

  FindingChecks(ResultItems items, ChapterSpans chapters) {
    this.items = items;
    this.chapters = chapters;
  }

  void passage(PassageResult passage) throws ResultInvalidException {
    Set<PassageType> types = EnumSet.of(PassageType.PASSAGE_TYPE_UNSPECIFIED);
    types.add(PassageType.UNRECOGNIZED);
    items.require(types.add(passage.getType()), "it has a type");
    for (PassageType other : passage.getOtherTypesList()) {
      items.require(types.add(other), "other_types are types, none twice");
    }
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
      items.require(
          mention.getName() >= SHARED && mention.getName() <= entity.getAliasesCount(),
          "name " + mention.getName() + " is -1 to " + entity.getAliasesCount());
      last = start;
    }
  }

  /**
   * @param entities greatest ordinal that its speaker may have
   */
  void quotation(QuotationResult quotation, int entities) throws ResultInvalidException {
    int chapter = quotation.getChapter();
    chapters.requireRange(items, chapter, quotation.getStart(), quotation.getEnd());
    chapters.requireRange(items, chapter, quotation.getSpeakerStart(), quotation.getSpeakerEnd());
    String text = items.text("text", quotation.getText());
    int length = quotation.getEnd() - quotation.getStart();
    items.require(length <= MAX_QUOTATION, "it has at most " + MAX_QUOTATION + " code points");
    items.require(
        text.codePointCount(0, text.length()) == length, "text has the length of its range");
    items.require(
        quotation.getEntity() >= 0 && quotation.getEntity() <= entities,
        "entity is 0 to " + entities);
  }

  void chapterFacts(ChapterFactsResult chapter) throws ResultInvalidException {
    int ordinal = chapter.getChapter();
    items.require(chapters.has(ordinal), "chapter " + ordinal + " is one of the job's");
    items.require(chaptersWithFacts.add(ordinal), "a chapter has facts once");
    facts(chapter.getFacts());
  }

  void run(AnalysisRunResult run) throws ResultInvalidException {
    items.require(!runSeen, "a result says once how it was made");
    runSeen = true;
    word("plugin", run.getPlugin());
    limited("mode", run.getMode());
    limited("weights", run.getWeights());
    items.require(run.getParagraphs() >= 0, "no count is negative");
    items.require(
        run.getMembersCount() <= MAX_MEMBERS, "there are at most " + MAX_MEMBERS + " members");
    items.require(
        run.getFallbacksCount() <= MAX_FALLBACKS,
        "there are at most " + MAX_FALLBACKS + " fallbacks");
    for (MemberRunResult member : run.getMembersList()) {
      word("member", member.getMember());
      items.require(
          member.getWeight() >= 0 && member.getJudged() >= 0 && member.getNanos() >= 0,
          "no figure of a member is negative");
    }
    for (String fallback : run.getFallbacksList()) {
      word("fallbacks", fallback);
    }
  }

  void bookFacts(FactsResult facts) throws ResultInvalidException {
    items.require(!bookFactsSeen, "a book has facts once");
    bookFactsSeen = true;
    facts(facts);
  }

  private void facts(FactsResult facts) throws ResultInvalidException {
    String language = items.text("language", facts.getLanguage());
    items.require(language.length() <= MAX_LANGUAGE, "language has at most 35 characters");
    items.require(
        facts.getWords() >= 0 && facts.getSentences() >= 0 && facts.getReadingSeconds() >= 0,
        "no count is negative");
    items.require(
        facts.getDifficulty() >= 0 && facts.getDifficulty() <= 100, "difficulty is 0 to 100");
    for (Readability one : facts.getReadabilityList()) {
      word("formula", one.getFormula());
      items.require(Double.isFinite(one.getValue()), "the value of a formula is finite");
    }
    for (Keyword one : facts.getKeywordsList()) {
      word("word", one.getWord());
      items.require(one.getCount() > 0, "count is 1 or more");
    }
  }

  private void word(String field, String value) throws ResultInvalidException {
    name(field, value);
    limited(field, value);
  }

  private void limited(String field, String value) throws ResultInvalidException {
    items.text(field, value);
    items.require(
        value.codePointCount(0, value.length()) <= MAX_WORD,
        field + " has at most " + MAX_WORD + " characters");
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
