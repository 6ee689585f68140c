package dev.scriptorium.fake;

import com.google.protobuf.Timestamp;
import dev.scriptorium.v1.CreateKeyRequest;
import dev.scriptorium.v1.CreateKeyResponse;
import dev.scriptorium.v1.CreateUserRequest;
import dev.scriptorium.v1.DeleteUserRequest;
import dev.scriptorium.v1.DeleteUserResponse;
import dev.scriptorium.v1.ExportUserRequest;
import dev.scriptorium.v1.ExportUserResponse;
import dev.scriptorium.v1.IdentityGrpc;
import dev.scriptorium.v1.Key;
import dev.scriptorium.v1.ListKeysRequest;
import dev.scriptorium.v1.ListKeysResponse;
import dev.scriptorium.v1.ListSharesRequest;
import dev.scriptorium.v1.ListSharesResponse;
import dev.scriptorium.v1.ListUsersRequest;
import dev.scriptorium.v1.ListUsersResponse;
import dev.scriptorium.v1.RevokeKeyRequest;
import dev.scriptorium.v1.Role;
import dev.scriptorium.v1.Share;
import dev.scriptorium.v1.ShareBookRequest;
import dev.scriptorium.v1.UnshareBookRequest;
import dev.scriptorium.v1.UnshareBookResponse;
import dev.scriptorium.v1.UpdateUserRequest;
import dev.scriptorium.v1.User;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** Mary and John, a key each, and what was asked. Thread-safe. */
public final class FakeIdentity extends IdentityGrpc.IdentityImplBase {
  private static final Timestamp SINCE = Timestamp.newBuilder().setSeconds(1_790_000_000).build();
  private static final User MARY =
      User.newBuilder()
          .setName("users/00000000-0000-4000-8000-000000000001")
          .setDisplayName("Mary")
          .setEmail("mary@example.org")
          .setRole(Role.ROLE_LIBRARIAN)
          .setHasPassword(true)
          .setMaxBooks(500)
          .setCreateTime(SINCE)
          .build();
  private static final User JOHN =
      User.newBuilder()
          .setName("users/00000000-0000-4000-8000-000000000002")
          .setDisplayName("John")
          .setRole(Role.ROLE_READER)
          .setDisabled(true)
          .setCreateTime(SINCE)
          .build();

  private final List<Object> asked = new ArrayList<>();

  FakeIdentity() {}

  /** Every request that changes something, in order. */
  public synchronized List<Object> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> answer) {
    // Two pages.
    boolean first = request.getPageToken().isEmpty();
    send(
        answer,
        ListUsersResponse.newBuilder()
            .addUsers(first ? JOHN : MARY)
            .setNextPageToken(first ? "second" : "")
            .build());
  }

  @Override
  public void createUser(CreateUserRequest request, StreamObserver<User> answer) {
    remember(request);
    send(answer, request.getUser().toBuilder().setName(MARY.getName()).build());
  }

  @Override
  public void updateUser(UpdateUserRequest request, StreamObserver<User> answer) {
    remember(request);
    send(answer, JOHN.toBuilder().mergeFrom(request.getUser()).build());
  }

  @Override
  public void deleteUser(DeleteUserRequest request, StreamObserver<DeleteUserResponse> answer) {
    remember(request);
    send(answer, DeleteUserResponse.newBuilder().setDeletedBooks(3).build());
  }

  @Override
  public void exportUser(ExportUserRequest request, StreamObserver<ExportUserResponse> answer) {
    answer.onNext(ExportUserResponse.newBuilder().addLines("{\"n\": 1}").build());
    send(answer, ExportUserResponse.newBuilder().addLines("{\"n\": 2}").build());
  }

  @Override
  public void createKey(CreateKeyRequest request, StreamObserver<CreateKeyResponse> answer) {
    remember(request);
    send(
        answer,
        CreateKeyResponse.newBuilder()
            .setKey(key(request.getLabel()))
            .setSecret("scr_reader_A1b2C3d4_secret_sum")
            .build());
  }

  @Override
  public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> answer) {
    send(answer, ListKeysResponse.newBuilder().addKeys(key(request.getParent())).build());
  }

  @Override
  public void revokeKey(RevokeKeyRequest request, StreamObserver<Key> answer) {
    remember(request);
    send(answer, key("tablet"));
  }

  @Override
  public void shareBook(ShareBookRequest request, StreamObserver<Share> answer) {
    remember(request);
    send(answer, share(request.getBook()));
  }

  @Override
  public void unshareBook(UnshareBookRequest request, StreamObserver<UnshareBookResponse> answer) {
    remember(request);
    send(answer, UnshareBookResponse.getDefaultInstance());
  }

  @Override
  public void listShares(ListSharesRequest request, StreamObserver<ListSharesResponse> answer) {
    send(answer, ListSharesResponse.newBuilder().addShares(share("books/1")).build());
  }

  private synchronized void remember(Object request) {
    asked.add(request);
  }

  private static Key key(String label) {
    return Key.newBuilder()
        .setName("keys/A1b2C3d4")
        .setUser(MARY.getName())
        .setLabel(label)
        .setRole(Role.ROLE_READER)
        .setCreateTime(SINCE)
        .build();
  }

  private static Share share(String book) {
    return Share.newBuilder()
        .setBook(book)
        .setTitle("The Ebb")
        .setOwner(MARY.getName())
        .setOwnerDisplayName("Mary")
        .setReader(JOHN.getName())
        .setReaderDisplayName("John")
        .setCreateTime(SINCE)
        .build();
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
