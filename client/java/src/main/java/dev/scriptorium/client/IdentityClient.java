package dev.scriptorium.client;

import com.google.protobuf.FieldMask;
import dev.scriptorium.v1.CreateKeyRequest;
import dev.scriptorium.v1.CreateKeyResponse;
import dev.scriptorium.v1.CreateUserRequest;
import dev.scriptorium.v1.DeleteUserRequest;
import dev.scriptorium.v1.ExportUserRequest;
import dev.scriptorium.v1.IdentityGrpc;
import dev.scriptorium.v1.Key;
import dev.scriptorium.v1.ListKeysRequest;
import dev.scriptorium.v1.ListSharesRequest;
import dev.scriptorium.v1.ListUsersRequest;
import dev.scriptorium.v1.LoginRequest;
import dev.scriptorium.v1.LoginResponse;
import dev.scriptorium.v1.RevokeKeyRequest;
import dev.scriptorium.v1.SetPasswordRequest;
import dev.scriptorium.v1.Share;
import dev.scriptorium.v1.ShareBookRequest;
import dev.scriptorium.v1.UnshareBookRequest;
import dev.scriptorium.v1.UpdateUserRequest;
import dev.scriptorium.v1.User;
import dev.scriptorium.v1.WhoAmIRequest;
import dev.scriptorium.v1.WhoAmIResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Users, keys and shared books. What is said of calls at {@link ScriptoriumClient} holds here too.
 * Thread-safe; lives as long as the client it comes from.
 */
public final class IdentityClient {
  private static final int PAGE_SIZE = 200;

  private final Calls calls;
  private final Duration callTimeout;
  private final IdentityGrpc.IdentityBlockingStub stub;

  IdentityClient(Calls calls, Duration callTimeout, IdentityGrpc.IdentityBlockingStub stub) {
    this.calls = calls;
    this.callTimeout = callTimeout;
    this.stub = stub;
  }

  /** A token for an address and a password; needs no key. */
  public LoginResponse login(String email, String password) {
    LoginRequest request = LoginRequest.newBuilder().setEmail(email).setPassword(password).build();
    return calls.once(() -> timed().login(request));
  }

  /** The user whose key this client has. */
  public WhoAmIResponse whoAmI() {
    return calls.repeatable(() -> timed().whoAmI(WhoAmIRequest.getDefaultInstance()));
  }

  /** All users, by display name. Operators only. */
  public Stream<User> users() {
    ListUsersRequest.Builder request = ListUsersRequest.newBuilder().setPageSize(PAGE_SIZE);
    return Page.stream(
        token -> {
          ListUsersRequest page = request.setPageToken(token).build();
          var answer = calls.repeatable(() -> timed().listUsers(page));
          return new Page<>(answer.getUsersList(), answer.getNextPageToken());
        });
  }

  /**
   * Makes a user. Operators only.
   *
   * @param password empty for none
   */
  public User createUser(User user, String password) {
    CreateUserRequest request =
        CreateUserRequest.newBuilder().setUser(user).setPassword(password).build();
    return calls.once(() -> timed().createUser(request));
  }

  /**
   * Changes a user. Operators only.
   *
   * @param user its name, and the masked fields
   */
  public User updateUser(User user, FieldMask mask) {
    UpdateUserRequest request =
        UpdateUserRequest.newBuilder().setUser(user).setUpdateMask(mask).build();
    return calls.repeatable(() -> timed().updateUser(request));
  }

  /**
   * Sets a password; an empty one takes it away.
   *
   * @param oldPassword needed by others than operators
   */
  public void setPassword(String user, String password, String oldPassword) {
    SetPasswordRequest request =
        SetPasswordRequest.newBuilder()
            .setName(user)
            .setPassword(password)
            .setOldPassword(oldPassword)
            .build();
    calls.once(() -> timed().setPassword(request));
  }

  /**
   * Deletes a user with all data. Operators only.
   *
   * @return books that were deleted
   */
  public long deleteUser(String name) {
    DeleteUserRequest request = DeleteUserRequest.newBuilder().setName(name).build();
    return calls
        .once(() -> stub.withDeadlineAfter(5, TimeUnit.MINUTES).deleteUser(request))
        .getDeletedBooks();
  }

  /**
   * Reads all that is kept of a user.
   *
   * @param line called by this thread with every JSON object
   */
  public void exportUser(String name, Consumer<String> line) {
    ExportUserRequest request = ExportUserRequest.newBuilder().setName(name).build();
    calls.once(
        () -> {
          Iterator<String> lines = lines(request);
          lines.forEachRemaining(line);
          return true;
        });
  }

  private Iterator<String> lines(ExportUserRequest request) {
    Iterable<dev.scriptorium.v1.ExportUserResponse> parts = () -> stub.exportUser(request);
    return java.util.stream.StreamSupport.stream(parts.spliterator(), false)
        .flatMap(part -> part.getLinesList().stream())
        .iterator();
  }

  /** A user's keys and login tokens, newest first. */
  public Stream<Key> keys(String user) {
    ListKeysRequest.Builder request =
        ListKeysRequest.newBuilder().setParent(user).setPageSize(PAGE_SIZE);
    return Page.stream(
        token -> {
          ListKeysRequest page = request.setPageToken(token).build();
          var answer = calls.repeatable(() -> timed().listKeys(page));
          return new Page<>(answer.getKeysList(), answer.getNextPageToken());
        });
  }

  /** Makes a key; the answer is the only one that shows it. */
  public CreateKeyResponse createKey(CreateKeyRequest request) {
    return calls.once(() -> timed().createKey(request));
  }

  /** Ends a key, {@code keys/{key}}. */
  public Key revokeKey(String name) {
    RevokeKeyRequest request = RevokeKeyRequest.newBuilder().setName(name).build();
    return calls.repeatable(() -> timed().revokeKey(request));
  }

  /**
   * Lets another user read a book.
   *
   * @param reader {@code users/{user}} or an e-mail address
   */
  public Share shareBook(String book, String reader) {
    ShareBookRequest request =
        ShareBookRequest.newBuilder().setBook(book).setReader(reader).build();
    return calls.repeatable(() -> timed().shareBook(request));
  }

  /** Ends that. */
  public void unshareBook(String book, String reader) {
    UnshareBookRequest request =
        UnshareBookRequest.newBuilder().setBook(book).setReader(reader).build();
    calls.repeatable(() -> timed().unshareBook(request));
  }

  /** Books that are shared with the caller, or by the caller, newest first. */
  public Stream<Share> shares(ListSharesRequest.Direction direction) {
    ListSharesRequest.Builder request =
        ListSharesRequest.newBuilder().setDirection(direction).setPageSize(PAGE_SIZE);
    return Page.stream(
        token -> {
          ListSharesRequest page = request.setPageToken(token).build();
          var answer = calls.repeatable(() -> timed().listShares(page));
          return new Page<>(answer.getSharesList(), answer.getNextPageToken());
        });
  }

  private IdentityGrpc.IdentityBlockingStub timed() {
    return stub.withDeadlineAfter(callTimeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
