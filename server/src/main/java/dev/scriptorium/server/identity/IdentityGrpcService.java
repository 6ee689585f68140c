package dev.scriptorium.server.identity;

import dev.scriptorium.server.wire.Caller;
import dev.scriptorium.server.wire.RemoteAddress;
import dev.scriptorium.v1.CreateKeyRequest;
import dev.scriptorium.v1.CreateKeyResponse;
import dev.scriptorium.v1.CreateUserRequest;
import dev.scriptorium.v1.DeleteUserRequest;
import dev.scriptorium.v1.DeleteUserResponse;
import dev.scriptorium.v1.ExportUserRequest;
import dev.scriptorium.v1.ExportUserResponse;
import dev.scriptorium.v1.GetUserRequest;
import dev.scriptorium.v1.IdentityGrpc;
import dev.scriptorium.v1.Key;
import dev.scriptorium.v1.ListAuditEventsRequest;
import dev.scriptorium.v1.ListAuditEventsResponse;
import dev.scriptorium.v1.ListKeysRequest;
import dev.scriptorium.v1.ListKeysResponse;
import dev.scriptorium.v1.ListSharesRequest;
import dev.scriptorium.v1.ListSharesResponse;
import dev.scriptorium.v1.ListUsersRequest;
import dev.scriptorium.v1.ListUsersResponse;
import dev.scriptorium.v1.LoginRequest;
import dev.scriptorium.v1.LoginResponse;
import dev.scriptorium.v1.RevokeKeyRequest;
import dev.scriptorium.v1.SetPasswordRequest;
import dev.scriptorium.v1.SetPasswordResponse;
import dev.scriptorium.v1.Share;
import dev.scriptorium.v1.ShareBookRequest;
import dev.scriptorium.v1.UnshareBookRequest;
import dev.scriptorium.v1.UnshareBookResponse;
import dev.scriptorium.v1.UpdateUserRequest;
import dev.scriptorium.v1.User;
import dev.scriptorium.v1.WhoAmIRequest;
import dev.scriptorium.v1.WhoAmIResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import java.util.concurrent.Executor;

/** The wire side of users, keys and shares. Thread-safe. */
public final class IdentityGrpcService extends IdentityGrpc.IdentityImplBase {
  private final Identity identity;
  private final Executor exportThreads;

  /**
   * @param exportThreads runs one task an export: virtual threads
   */
  public IdentityGrpcService(Identity identity, Executor exportThreads) {
    this.identity = identity;
    this.exportThreads = exportThreads;
  }

  @Override
  public void login(LoginRequest request, StreamObserver<LoginResponse> answer) {
    send(answer, identity.logins().login(request, RemoteAddress.current()));
  }

  @Override
  public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> answer) {
    send(answer, identity.whoAmI(Caller.current()));
  }

  @Override
  public void createUser(CreateUserRequest request, StreamObserver<User> answer) {
    send(answer, identity.users().create(Caller.current(), request));
  }

  @Override
  public void getUser(GetUserRequest request, StreamObserver<User> answer) {
    send(answer, identity.users().get(Caller.current(), request.getName()));
  }

  @Override
  public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> answer) {
    send(answer, identity.users().list(request));
  }

  @Override
  public void updateUser(UpdateUserRequest request, StreamObserver<User> answer) {
    send(answer, identity.users().update(Caller.current(), request));
  }

  @Override
  public void setPassword(SetPasswordRequest request, StreamObserver<SetPasswordResponse> answer) {
    identity.users().setPassword(Caller.current(), request);
    send(answer, SetPasswordResponse.getDefaultInstance());
  }

  @Override
  public void deleteUser(DeleteUserRequest request, StreamObserver<DeleteUserResponse> answer) {
    long books = identity.users().delete(Caller.current(), request.getName());
    send(answer, DeleteUserResponse.newBuilder().setDeletedBooks(books).build());
  }

  @Override
  public void exportUser(ExportUserRequest request, StreamObserver<ExportUserResponse> answer) {
    UUID user = identity.exports().require(Caller.current(), request.getName());
    exportThreads.execute(
        new ExportCall(
            identity.exports(), user, (ServerCallStreamObserver<ExportUserResponse>) answer));
  }

  @Override
  public void createKey(CreateKeyRequest request, StreamObserver<CreateKeyResponse> answer) {
    send(answer, identity.keys().create(Caller.current(), request));
  }

  @Override
  public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> answer) {
    send(answer, identity.keys().list(Caller.current(), request));
  }

  @Override
  public void revokeKey(RevokeKeyRequest request, StreamObserver<Key> answer) {
    send(answer, identity.keys().revoke(Caller.current(), request.getName()));
  }

  @Override
  public void shareBook(ShareBookRequest request, StreamObserver<Share> answer) {
    send(answer, identity.shares().share(Caller.current(), request));
  }

  @Override
  public void unshareBook(UnshareBookRequest request, StreamObserver<UnshareBookResponse> answer) {
    identity.shares().unshare(Caller.current(), request);
    send(answer, UnshareBookResponse.getDefaultInstance());
  }

  @Override
  public void listShares(ListSharesRequest request, StreamObserver<ListSharesResponse> answer) {
    send(answer, identity.shares().list(Caller.current(), request));
  }

  @Override
  public void listAuditEvents(
      ListAuditEventsRequest request, StreamObserver<ListAuditEventsResponse> answer) {
    send(answer, identity.audit().list(request));
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
