package dev.scriptorium.server.analysis;

import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.v1.AnalysisGrpc;
import dev.scriptorium.v1.AnalysisSettings;
import dev.scriptorium.v1.BookFacts;
import dev.scriptorium.v1.EntityDetails;
import dev.scriptorium.v1.GetAnalysisSettingsRequest;
import dev.scriptorium.v1.GetBookFactsRequest;
import dev.scriptorium.v1.GetEntityRequest;
import dev.scriptorium.v1.GetXRayRequest;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListEntitiesResponse;
import dev.scriptorium.v1.ListMentionsRequest;
import dev.scriptorium.v1.ListMentionsResponse;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListPassagesResponse;
import dev.scriptorium.v1.ReanalyzeBookRequest;
import dev.scriptorium.v1.ReanalyzeBookResponse;
import dev.scriptorium.v1.UpdateAnalysisSettingsRequest;
import dev.scriptorium.v1.XRay;
import io.grpc.stub.StreamObserver;
import java.util.UUID;

/** The wire side of the analysis. Thread-safe. */
public final class AnalysisGrpcService extends AnalysisGrpc.AnalysisImplBase {
  private final Findings findings;
  private final Portraits portraits;
  private final Figures figures;
  private final Reanalysis reanalysis;
  private final AnalysisChoices choices;

  /** Serves these rules. */
  public AnalysisGrpcService(
      Findings findings,
      Portraits portraits,
      Figures figures,
      Reanalysis reanalysis,
      AnalysisChoices choices) {
    this.findings = findings;
    this.portraits = portraits;
    this.figures = figures;
    this.reanalysis = reanalysis;
    this.choices = choices;
  }

  @Override
  public void listPassages(
      ListPassagesRequest request, StreamObserver<ListPassagesResponse> answer) {
    send(answer, findings.passages(owner(), request));
  }

  @Override
  public void listEntities(
      ListEntitiesRequest request, StreamObserver<ListEntitiesResponse> answer) {
    send(answer, findings.entities(owner(), request));
  }

  @Override
  public void listMentions(
      ListMentionsRequest request, StreamObserver<ListMentionsResponse> answer) {
    send(answer, findings.mentions(owner(), request));
  }

  @Override
  public void getEntity(GetEntityRequest request, StreamObserver<EntityDetails> answer) {
    send(answer, portraits.entity(owner(), request));
  }

  @Override
  public void getBookFacts(GetBookFactsRequest request, StreamObserver<BookFacts> answer) {
    send(answer, figures.facts(owner(), request));
  }

  @Override
  public void getXRay(GetXRayRequest request, StreamObserver<XRay> answer) {
    send(answer, portraits.xRay(owner(), request));
  }

  @Override
  public void reanalyzeBook(
      ReanalyzeBookRequest request, StreamObserver<ReanalyzeBookResponse> answer) {
    send(answer, reanalysis.start(owner(), request));
  }

  @Override
  public void getAnalysisSettings(
      GetAnalysisSettingsRequest request, StreamObserver<AnalysisSettings> answer) {
    send(answer, choices.get(Caller.current(), request));
  }

  @Override
  public void updateAnalysisSettings(
      UpdateAnalysisSettingsRequest request, StreamObserver<AnalysisSettings> answer) {
    send(answer, choices.update(Caller.current(), request));
  }

  private static UUID owner() {
    return Caller.current().owner();
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
