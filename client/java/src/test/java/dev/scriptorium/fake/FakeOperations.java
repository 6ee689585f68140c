package dev.scriptorium.fake;

import dev.scriptorium.v1.Component;
import dev.scriptorium.v1.GetSystemInfoRequest;
import dev.scriptorium.v1.Limits;
import dev.scriptorium.v1.OperationsGrpc;
import dev.scriptorium.v1.SystemInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/** A system in good health. */
final class FakeOperations extends OperationsGrpc.OperationsImplBase {
  private final Faults faults;

  FakeOperations(Faults faults) {
    this.faults = faults;
  }

  @Override
  public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<SystemInfo> answer) {
    try {
      faults.throwPlanned("GetSystemInfo");
    } catch (StatusRuntimeException e) {
      answer.onError(e);
      return;
    }
    answer.onNext(
        SystemInfo.newBuilder()
            .setVersion("9.9.9")
            .setServer("fake")
            .setCaller("test operator")
            .addComponents(
                Component.newBuilder()
                    .setName("database")
                    .setState(Component.State.STATE_OK)
                    .setDetail("in memory"))
            .setLimits(Limits.newBuilder().setMaxUploadBytes(1_000_000_000).setMaxPageSize(1000))
            .build());
    answer.onCompleted();
  }
}
