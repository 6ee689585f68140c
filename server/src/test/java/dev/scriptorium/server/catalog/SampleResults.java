package dev.scriptorium.server.catalog;

import dev.scriptorium.v1.Contributor;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.Identifier;
import dev.scriptorium.v1.Keyword;
import dev.scriptorium.v1.PassageType;
import dev.scriptorium.v1.Readability;
import dev.scriptorium.v1.Warning;
import dev.scriptorium.worker.v1.AnalysisRunResult;
import dev.scriptorium.worker.v1.BookMetadata;
import dev.scriptorium.worker.v1.ChapterFactsResult;
import dev.scriptorium.worker.v1.ContentsResult;
import dev.scriptorium.worker.v1.EntityMention;
import dev.scriptorium.worker.v1.EntityResult;
import dev.scriptorium.worker.v1.FactsResult;
import dev.scriptorium.worker.v1.MemberRunResult;
import dev.scriptorium.worker.v1.NoteResult;
import dev.scriptorium.worker.v1.PassageResult;
import dev.scriptorium.worker.v1.QuotationResult;
import dev.scriptorium.worker.v1.ResultItem;
import dev.scriptorium.worker.v1.SourcePosition;
import java.util.List;

/** Results of a little book of two chapters. */
public final class SampleResults {
  /** Text of the first chapter; 22 code points. */
  public static final String ONE = "Once there was a mill.";

  /** Text of the second chapter; 33 code points, one of them outside the basic plane. */
  public static final String TWO = "Anna saw the old mill 😀 by night.";

  private SampleResults() {}

  /** Metadata with everything in it. */
  public static BookMetadata.Builder metadata() {
    return BookMetadata.newBuilder()
        .setTitle("The Mill")
        .addContributors(
            Contributor.newBuilder().setName("Mary Shelley").setRole("aut").setFileAs("Shelley"))
        .addLanguages("en")
        .setDescription("About a mill.")
        .setPublisher("Press")
        .setPublished("1818")
        .setSeries("Mills")
        .setSeriesIndex(2.5)
        .addSubjects("Mills")
        .addIdentifiers(Identifier.newBuilder().setScheme("isbn").setValue("978"))
        .setPageCount(12);
  }

  /** What inspect gives. */
  public static TestResult inspected() {
    return new TestResult()
        .item(ResultItem.newBuilder().setMetadata(metadata()))
        .image("cover", new byte[2000])
        .image("cover-small", new byte[20])
        .image("cover-large", new byte[200])
        .item(contents("First", 0, 0))
        .item(warning("INSPECT_WARNING"));
  }

  /** What parse gives. */
  public static TestResult parsed() {
    return new TestResult()
        .item(ResultItem.newBuilder().setMetadata(metadata()))
        .chapter("One", ONE)
        .chapter("Two", TWO)
        .item(contents("One", 1, 0))
        .item(contents("Two, at the mill", 2, 9))
        .item(note(2, 4, "see One"))
        .item(position(2, 0))
        .image("images/mill.jpg", new byte[] {1, 2, 3})
        .item(warning("PARSE_WARNING"));
  }

  /** What analyze finds in the second chapter. */
  public static TestResult analyzed() {
    return new TestResult().item(passage(2, 9, 23, "the old mill 😀", 80));
  }

  /** What summarize gives: one passage, one character who says something, figures. */
  public static TestResult summarized() {
    return analyzed()
        .item(entity(1, "Anna", List.of(mention(2, 0, 4))))
        .item(quotation(1, 2, 5, "saw", 0))
        .item(chapterFacts(1, 5, "mill"))
        .item(chapterFacts(2, 7, "night"))
        .item(ResultItem.newBuilder().setBookFacts(facts(12, "mill")));
  }

  /** A quotation whose speaker's name begins the chapter's text or stands where one says. */
  public static ResultItem.Builder quotation(
      int entity, int chapter, int start, String text, int speaker) {
    return ResultItem.newBuilder()
        .setQuotation(
            QuotationResult.newBuilder()
                .setEntity(entity)
                .setChapter(chapter)
                .setStart(start)
                .setEnd(start + text.codePointCount(0, text.length()))
                .setText(text)
                .setSpeakerStart(speaker)
                .setSpeakerEnd(speaker + 1));
  }

  public static ResultItem.Builder chapterFacts(int chapter, int words, String keyword) {
    return ResultItem.newBuilder()
        .setChapterFacts(
            ChapterFactsResult.newBuilder().setChapter(chapter).setFacts(facts(words, keyword)));
  }

  public static FactsResult.Builder facts(int words, String keyword) {
    return FactsResult.newBuilder()
        .setLanguage("en")
        .setWords(words)
        .setSentences(2)
        .setReadingSeconds(words)
        .setDifficulty(40)
        .addReadability(Readability.newBuilder().setFormula("LIX").setValue(40))
        .addKeywords(Keyword.newBuilder().setWord(keyword).setCount(words));
  }

  public static ResultItem.Builder contents(String title, int chapter, int offset) {
    return ResultItem.newBuilder()
        .setContents(
            ContentsResult.newBuilder()
                .setTitle(title)
                .setChapter(chapter)
                .setChapterOffset(offset));
  }

  public static ResultItem.Builder note(int chapter, int offset, String text) {
    return ResultItem.newBuilder()
        .setNote(
            NoteResult.newBuilder()
                .setChapter(chapter)
                .setLabel("*")
                .setReferenceOffset(offset)
                .setText(text));
  }

  public static ResultItem.Builder position(int chapter, int offset) {
    return ResultItem.newBuilder()
        .setPosition(
            SourcePosition.newBuilder()
                .setChapter(chapter)
                .setChapterOffset(offset)
                .setPageLabel("12"));
  }

  public static ResultItem.Builder warning(String reason) {
    return ResultItem.newBuilder()
        .setWarning(Warning.newBuilder().setReason(reason).setPlace("x").setMessage("m"));
  }

  public static ResultItem.Builder passage(
      int chapter, int start, int end, String text, int priority) {
    return ResultItem.newBuilder()
        .setPassage(
            PassageResult.newBuilder()
                .setType(PassageType.PASSAGE_TYPE_LOCATION)
                .setChapter(chapter)
                .setStart(start)
                .setEnd(end)
                .setText(text)
                .setPriority(priority)
                .setConfidence(0.5)
                .addReasons("COLOUR"));
  }

  public static ResultItem.Builder entity(int ordinal, String name, List<EntityMention> mentions) {
    return ResultItem.newBuilder()
        .setEntity(
            EntityResult.newBuilder()
                .setOrdinal(ordinal)
                .setType(EntityType.ENTITY_TYPE_CHARACTER)
                .setDisplayName(name)
                .addAllMentions(mentions));
  }

  public static EntityMention mention(int chapter, int start, int end) {
    return EntityMention.newBuilder().setChapter(chapter).setStart(start).setEnd(end).build();
  }

  /** How an analysis was made in which a member failed. */
  public static ResultItem.Builder analysisRun() {
    return ResultItem.newBuilder()
        .setAnalysisRun(
            AnalysisRunResult.newBuilder()
                .setPlugin("scriptorium")
                .setMode("ENSEMBLE")
                .setWeights("0123456789ab")
                .setParagraphs(30)
                .addMembers(member("SHAPE", 1, 30))
                .addMembers(member("LEXICON", 2.5, 7).setFailed(true))
                .addFallbacks("MEMBER_FAILED"));
  }

  private static MemberRunResult.Builder member(String name, double weight, long judged) {
    return MemberRunResult.newBuilder()
        .setMember(name)
        .setWeight(weight)
        .setJudged(judged)
        .setNanos(1_500_000_000);
  }
}
