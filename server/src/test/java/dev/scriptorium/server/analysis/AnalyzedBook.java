package dev.scriptorium.server.analysis;

import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.catalog.TestResult;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.PassageType;
import dev.scriptorium.worker.v1.EntityMention;
import dev.scriptorium.worker.v1.EntityResult;
import dev.scriptorium.worker.v1.ResultItem;
import dev.scriptorium.worker.v1.ResultSummary;
import java.util.List;
import java.util.UUID;

/**
 * A book of three chapters of 1000 code points each. Anna is only Anna in the first, Anna Karenina
 * in the second, and the Countess in the third; Boris comes in the second, first by a name that
 * others bear too; Tver is a place.
 */
record AnalyzedBook(String name, List<Job> analysis) {
  private static final String CHAPTER = "a".repeat(1000);

  static AnalyzedBook in(Library library, UUID owner) throws Exception {
    Book book = library.upload(owner, "text of " + owner);
    UUID id = BookName.parse("name", book.getName()).id();
    TestResult parsed =
        new TestResult().chapter("One", CHAPTER).chapter("Two", CHAPTER).chapter("Three", CHAPTER);
    List<Job> analysis = library.commit(library.apply(library.job(id, "parse"), parsed));
    for (Job slice : analysis.subList(0, analysis.size() - 1)) {
      library.apply(slice, new TestResult().item(SampleResults.chapterFacts(1, 5, "mill")));
    }
    library.apply(analysis.getLast(), summary());
    return new AnalyzedBook(book.getName(), analysis);
  }

  private static TestResult summary() {
    return new TestResult()
        .item(anna())
        .item(
            entity(
                2,
                EntityType.ENTITY_TYPE_CHARACTER,
                "Boris",
                mention(2, 50, -1),
                mention(2, 110, 0)))
        .item(
            entity(3, EntityType.ENTITY_TYPE_PLACE, "Tver", mention(1, 105, 0), mention(1, 700, 0)))
        .item(passage(1, 100, PassageType.PASSAGE_TYPE_LOCATION, 90))
        .item(passage(1, 200, PassageType.PASSAGE_TYPE_CHARACTER, 40))
        .item(passage(2, 100, PassageType.PASSAGE_TYPE_CHARACTER, 80))
        .item(passage(3, 100, PassageType.PASSAGE_TYPE_CHARACTER, 95))
        .item(SampleResults.quotation(1, 1, 300, "aaa", 0))
        .item(SampleResults.quotation(2, 2, 300, "aaaa", 110))
        .item(SampleResults.quotation(1, 3, 300, "aaaaa", 100))
        .item(SampleResults.chapterFacts(1, 100, "mill"))
        .item(SampleResults.chapterFacts(2, 200, "train"))
        .item(SampleResults.chapterFacts(3, 50, "mill"))
        .item(ResultItem.newBuilder().setBookFacts(SampleResults.facts(350, "snow")))
        .item(SampleResults.analysisRun())
        .item(ResultItem.newBuilder().setSummary(ResultSummary.newBuilder().setDegraded(true)));
  }

  private static ResultItem.Builder anna() {
    EntityResult.Builder anna =
        EntityResult.newBuilder()
            .setOrdinal(1)
            .setType(EntityType.ENTITY_TYPE_CHARACTER)
            .setDisplayName("Anna Karenina")
            .addAliases("Anna")
            .addAliases("the Countess")
            .addMentions(mention(1, 0, 1))
            .addMentions(mention(1, 210, 1))
            .addMentions(mention(1, 400, -1))
            .addMentions(mention(2, 100, 0))
            .addMentions(mention(3, 100, 2))
            .addMentions(mention(3, 120, 0));
    return ResultItem.newBuilder().setEntity(anna);
  }

  private static ResultItem.Builder entity(
      int ordinal, EntityType type, String name, EntityMention... mentions) {
    ResultItem.Builder item = SampleResults.entity(ordinal, name, List.of(mentions));
    item.getEntityBuilder().setType(type);
    return item;
  }

  private static EntityMention mention(int chapter, int start, int name) {
    return SampleResults.mention(chapter, start, start + 4).toBuilder().setName(name).build();
  }

  private static ResultItem.Builder passage(
      int chapter, int start, PassageType type, int priority) {
    ResultItem.Builder item =
        SampleResults.passage(chapter, start, start + 50, "a".repeat(50), priority);
    item.getPassageBuilder().setType(type);
    return item;
  }
}
