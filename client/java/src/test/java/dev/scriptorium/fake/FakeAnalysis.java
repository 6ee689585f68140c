package dev.scriptorium.fake;

import dev.scriptorium.v1.AnalysisGrpc;
import dev.scriptorium.v1.Entity;
import dev.scriptorium.v1.EntityType;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListEntitiesResponse;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListPassagesResponse;
import dev.scriptorium.v1.Passage;
import dev.scriptorium.v1.PassageType;
import dev.scriptorium.v1.TextRange;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** The same people and passages in every book. */
final class FakeAnalysis extends AnalysisGrpc.AnalysisImplBase {
  private final FakeLibrary library;

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
