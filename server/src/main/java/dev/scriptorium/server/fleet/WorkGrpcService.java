package dev.scriptorium.server.fleet;

import dev.scriptorium.server.blob.BlobStore;
import dev.scriptorium.server.jobs.AttemptInputs;
import dev.scriptorium.server.jobs.Dispatcher;
import dev.scriptorium.server.jobs.StoredBlob;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.DownloadInputRequest;
import dev.scriptorium.worker.v1.DownloadInputResponse;
import dev.scriptorium.worker.v1.ServerMessages;
import dev.scriptorium.worker.v1.UploadResultRequest;
import dev.scriptorium.worker.v1.UploadResultResponse;
import dev.scriptorium.worker.v1.WorkGrpc;
import dev.scriptorium.worker.v1.WorkerMessages;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The service {@code scriptorium.worker.v1.Work}. */
public final class WorkGrpcService extends WorkGrpc.WorkImplBase {
  private final Fleet fleet;
  private final Dispatcher dispatcher;
  private final BlobStore blobs;
  private final FleetSettings settings;

  /**
   * @param blobs where inputs are and results go
   */
  public WorkGrpcService(
      Fleet fleet, Dispatcher dispatcher, BlobStore blobs, FleetSettings settings) {
    this.fleet = fleet;
    this.dispatcher = dispatcher;
    this.blobs = blobs;
    this.settings = settings;
  }

  @Override
  public StreamObserver<WorkerMessages> connect(StreamObserver<ServerMessages> stream) {
    return fleet.connect((ServerCallStreamObserver<ServerMessages>) stream);
  }

  @Override
  public void downloadInput(
      DownloadInputRequest request, StreamObserver<DownloadInputResponse> response) {
    AttemptInputs inputs =
        dispatcher.inputs(request.getId()).orElseThrow(() -> fenced(request.getId()));
    List<AttemptInputs.Piece> pieces = inputs.blobs();
    if (request.getIndex() < 0 || request.getIndex() >= pieces.size()) {
      throw InvalidField.of("index", request.getIndex(), "0 to " + (pieces.size() - 1));
    }
    StoredBlob blob = pieces.get(request.getIndex()).blob();
    try {
      new BlobDownload(
              blobs.open(blob.sha256()), (ServerCallStreamObserver<DownloadInputResponse>) response)
          .begin();
    } catch (IOException e) {
      response.onError(e);
    }
  }

  @Override
  public StreamObserver<UploadResultRequest> uploadResult(
      StreamObserver<UploadResultResponse> response) {
    return new ResultUpload(
        blobs,
        settings.maxResultBytes(),
        id -> {
          if (!dispatcher.isUnderWay(id)) {
            throw fenced(id);
          }
        },
        (ServerCallStreamObserver<UploadResultResponse>) response);
  }

  private static ApiException fenced(AttemptId id) {
    return new ApiException(
        ErrorReason.ERROR_REASON_ATTEMPT_FENCED,
        "attempt " + id.getAttempt() + " of job " + id.getJob() + " is not this worker's",
        Map.of("job", Long.toString(id.getJob()), "attempt", Integer.toString(id.getAttempt())));
  }
}
