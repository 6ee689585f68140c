package dev.scriptorium.fake;

import com.google.protobuf.Duration;
import dev.scriptorium.v1.AnalysisGrpc;
import dev.scriptorium.v1.AnalysisMember;
import dev.scriptorium.v1.AnalysisMode;
import dev.scriptorium.v1.AnalysisRun;
import dev.scriptorium.v1.AnalysisSettings;
import dev.scriptorium.v1.BookFacts;
import dev.scriptorium.v1.ChapterFacts;
import dev.scriptorium.v1.ChapterMentions;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityDetails;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.GetAnalysisSettingsRequest;
import dev.scriptorium.v1.GetBookFactsRequest;
import dev.scriptorium.v1.GetEntityRequest;
import dev.scriptorium.v1.GetXRayRequest;
import dev.scriptorium.v1.Keyword;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListEntitiesResponse;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListPassagesResponse;
import dev.scriptorium.v1.MemberRun;
import dev.scriptorium.v1.MemberWeight;
import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.PassageType;
import dev.scriptorium.v1.Quotation;
import dev.scriptorium.v1.Readability;
import dev.scriptorium.v1.ReanalyzeBookRequest;
import dev.scriptorium.v1.ReanalyzeBookResponse;
import dev.scriptorium.v1.TextFacts;
import dev.scriptorium.v1.TextRange;
import dev.scriptorium.v1.UpdateAnalysisSettingsRequest;
import dev.scriptorium.v1.XRay;
import dev.scriptorium.v1.XRayEntity;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** The same people and passages in every book. */
final class FakeAnalysis extends AnalysisGrpc.AnalysisImplBase {
  private final FakeLibrary library;
  private volatile AnalysisSettings settings =
      AnalysisSettings.newBuilder()
          .setMode(AnalysisMode.ANALYSIS_MODE_ENSEMBLE)
          .addMembers(
              MemberWeight.newBuilder()
                  .setMember(AnalysisMember.ANALYSIS_MEMBER_LEARNED)
                  .setWeight(1))
          .build();

  FakeAnalysis(FakeLibrary library) {
    this.library = library;
  }

  @Override
  public void listPassages(
      ListPassagesRequest request, StreamObserver<ListPassagesResponse> answer) {
    library.get(request.getParent());
    TextRange range =
        TextRange.newBuilder()
            .setChapter(request.getParent() + "/chapters/2")
            .setStart(10)
            .setEnd(37)
            .build();
    Passage passage =
        Passage.newBuilder()
            .setName(request.getParent() + "/passages/1")
            .setType(PassageType.PASSAGE_TYPE_LOCATION)
            .setRange(range)
            .setText("A castle stood on the cliff.")
            .setPriority(87)
            .setConfidence(0.75)
            .addReasons("FIRST_MENTION")
            .addOtherTypes(PassageType.PASSAGE_TYPE_ATMOSPHERE)
            .build();
    answer.onNext(ListPassagesResponse.newBuilder().addPassages(passage).build());
    answer.onCompleted();
  }

  @Override
  public void listEntities(
      ListEntitiesRequest request, StreamObserver<ListEntitiesResponse> answer) {
    List<Entity> all =
        List.of(
            entity(request, EntityType.ENTITY_TYPE_CHARACTER, "Mina Murray", 120),
            entity(request, EntityType.ENTITY_TYPE_PLACE, "Whitby", 40));
    answer.onNext(
        ListEntitiesResponse.newBuilder()
            .addAllEntities(
                all.stream()
                    .filter(e -> request.getTypeValue() == 0 || e.getType() == request.getType())
                    .toList())
            .build());
    answer.onCompleted();
  }

  @Override
  public void getEntity(GetEntityRequest request, StreamObserver<EntityDetails> answer) {
    String book = request.getName().replaceFirst("/entities/.*", "");
    library.get(book);
    EntityDetails details =
        EntityDetails.newBuilder()
            .setEntity(
                entity(
                    ListEntitiesRequest.newBuilder().setParent(book).build(),
                    EntityType.ENTITY_TYPE_CHARACTER,
                    "Mina Murray",
                    120))
            .addChapters(chapter(book, 1, 20))
            .addChapters(chapter(book, 2, 100))
            .addQuotations(Quotation.newBuilder().setText("“We are all here.”"))
            .setQuotationCount(31)
            .build();
    answer.onNext(details);
    answer.onCompleted();
  }

  private static ChapterMentions chapter(String book, int ordinal, int mentions) {
    return ChapterMentions.newBuilder()
        .setChapter(book + "/chapters/" + ordinal)
        .setMentionCount(mentions)
        .build();
  }

  @Override
  public void getXRay(GetXRayRequest request, StreamObserver<XRay> answer) {
    library.get(request.getName());
    XRay.Builder xRay = XRay.newBuilder().setChapter(request.getName() + "/chapters/2");
    if (request.getUpTo() > 0) {
      xRay.addEntities(
          XRayEntity.newBuilder()
              .setEntity(
                  entity(
                      ListEntitiesRequest.newBuilder().setParent(request.getName()).build(),
                      EntityType.ENTITY_TYPE_PLACE,
                      "Whitby",
                      40))
              .setChapterMentionCount(3));
    }
    answer.onNext(xRay.build());
    answer.onCompleted();
  }

  @Override
  public void getBookFacts(GetBookFactsRequest request, StreamObserver<BookFacts> answer) {
    library.get(request.getName());
    TextFacts.Builder facts =
        TextFacts.newBuilder()
            .setLanguage("en")
            .setWordCount(75_000)
            .setSentenceCount(4_000)
            .setReadingSeconds(19_740)
            .setDifficulty(36.4)
            .addReadability(Readability.newBuilder().setFormula("LIX").setValue(36.4))
            .addKeywords(Keyword.newBuilder().setWord("coffin").setCount(31));
    answer.onNext(
        BookFacts.newBuilder()
            .setBook(facts)
            .setAnalysis(
                AnalysisRun.newBuilder()
                    .setPlugin("scriptorium")
                    .setMode("ADAPTIVE")
                    .setWeights("v7")
                    .setParagraphs(2_100)
                    .addMembers(
                        MemberRun.newBuilder()
                            .setMember("LEARNED")
                            .setTime(Duration.newBuilder().setNanos(12_000_000)))
                    .addMembers(MemberRun.newBuilder().setMember("SHAPE").setFailed(true))
                    .addFallbacks("MEMBER_FAILED")
                    .setDegraded(true))
            .addChapters(
                ChapterFacts.newBuilder()
                    .setChapter(request.getName() + "/chapters/2")
                    .setFacts(facts.setWordCount(3_000).setReadingSeconds(790)))
            .build());
    answer.onCompleted();
  }

  @Override
  public void reanalyzeBook(
      ReanalyzeBookRequest request, StreamObserver<ReanalyzeBookResponse> answer) {
    library.get(request.getName());
    answer.onNext(ReanalyzeBookResponse.newBuilder().setStarted(true).setJobs(5).build());
    answer.onCompleted();
  }

  @Override
  public void getAnalysisSettings(
      GetAnalysisSettingsRequest request, StreamObserver<AnalysisSettings> answer) {
    answer.onNext(settings.toBuilder().setName(request.getName()).build());
    answer.onCompleted();
  }

  @Override
  public void updateAnalysisSettings(
      UpdateAnalysisSettingsRequest request, StreamObserver<AnalysisSettings> answer) {
    settings = request.getSettings();
    answer.onNext(settings);
    answer.onCompleted();
  }

  private static Entity entity(
      ListEntitiesRequest request, EntityType type, String name, int mentions) {
    return Entity.newBuilder()
        .setName(request.getParent() + "/entities/" + mentions)
        .setType(type)
        .setDisplayName(name)
        .addAliases(name.substring(0, 4))
        .setMentionCount(mentions)
        .setFirstMention(
            TextRange.newBuilder().setChapter(request.getParent() + "/chapters/1").setEnd(4))
        .build();
  }
}
