package dev.scriptorium.server.analysis;

import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.v1.AnalysisGrpc;
import dev.scriptorium.v1.ListEntitiesRequest;
import dev.scriptorium.v1.ListEntitiesResponse;
import dev.scriptorium.v1.ListPassagesRequest;
import dev.scriptorium.v1.ListPassagesResponse;
import io.grpc.stub.StreamObserver;

/** The wire side of the analysis. Thread-safe. */
public final class AnalysisGrpcService extends AnalysisGrpc.AnalysisImplBase {
  private final Findings findings;

  /** Serves these rules. */
  public AnalysisGrpcService(Findings findings) {
    this.findings = findings;
  }

  @Override
  public void listPassages(
      ListPassagesRequest request, StreamObserver<ListPassagesResponse> answer) {
    answer.onNext(findings.passages(Caller.current().owner(), request));
    answer.onCompleted();
  }

  @Override
  public void listEntities(
      ListEntitiesRequest request, StreamObserver<ListEntitiesResponse> answer) {
    answer.onNext(findings.entities(Caller.current().owner(), request));
    answer.onCompleted();
  }
}
