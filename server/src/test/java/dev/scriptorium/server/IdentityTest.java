package dev.scriptorium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.v1.AnalysisGrpc;
import dev.scriptorium.v1.AnalysisSettings;
import dev.scriptorium.v1.AuditEvent;
import dev.scriptorium.v1.CreateKeyRequest;
import dev.scriptorium.v1.CreateKeyResponse;
import dev.scriptorium.v1.CreateUserRequest;
import dev.scriptorium.v1.DeleteUserRequest;
import dev.scriptorium.v1.ExportUserRequest;
import dev.scriptorium.v1.ExportUserResponse;
import dev.scriptorium.v1.GetUserRequest;
import dev.scriptorium.v1.IdentityGrpc;
import dev.scriptorium.v1.IdentityGrpc.IdentityBlockingStub;
import dev.scriptorium.v1.Key;
import dev.scriptorium.v1.ListAuditEventsRequest;
import dev.scriptorium.v1.ListKeysRequest;
import dev.scriptorium.v1.ListUsersRequest;
import dev.scriptorium.v1.ListUsersResponse;
import dev.scriptorium.v1.LoginRequest;
import dev.scriptorium.v1.LoginResponse;
import dev.scriptorium.v1.Preset;
import dev.scriptorium.v1.RevokeKeyRequest;
import dev.scriptorium.v1.Role;
import dev.scriptorium.v1.SetPasswordRequest;
import dev.scriptorium.v1.UpdateAnalysisSettingsRequest;
import dev.scriptorium.v1.UpdateUserRequest;
import dev.scriptorium.v1.User;
import dev.scriptorium.v1.WhoAmIRequest;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Users, keys and logins over the wire. */
class IdentityTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final String PASSWORD = "correct horse battery";

  @TempDir static Path folder;
  private static RunningServer server;
  private static ManagedChannel channel;
  private static Channel operator;

  @BeforeAll
  static void open() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    server = new RunningServer(database, data, TestGuard.GUARD);
    channel = server.connect();
    operator = RunningServer.with(server.operatorKey(), channel);
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
  }

  @Test
  void aLoginWhateverTheAddressesCaseGivesATokenThatEnds() {
    create("ann", "Ann@Example.org", Role.ROLE_LIBRARIAN, PASSWORD);

    LoginResponse login = login("aNN@eXAMPLE.ORG", PASSWORD);

    var me = identity(login.getToken()).whoAmI(WhoAmIRequest.getDefaultInstance());
    assertThat(me.getUser().getDisplayName()).isEqualTo("ann");
    assertThat(me.getRole()).isEqualTo(Role.ROLE_LIBRARIAN);
    long seconds = login.getExpireTime().getSeconds() - System.currentTimeMillis() / 1000;
    assertThat(seconds).isBetween(3000L, 3600L);
  }

  @Test
  void anUnknownAddressAndAWrongPasswordLookTheSame() {
    create("ben", "ben@example.org", Role.ROLE_READER, PASSWORD);

    String wrong = refusal(() -> login("ben@example.org", "wrong"));
    String unknown = refusal(() -> login("nobody@example.org", "wrong"));

    assertThat(wrong).isEqualTo(unknown).contains("UNAUTHENTICATED");
  }

  @Test
  void aDisabledUserIsLockedOutAtOnceAndComesBack() {
    User user = create("cas", "cas@example.org", Role.ROLE_READER, PASSWORD);
    String key = server.createKeyOf(operator, user, Preset.PRESET_READING);
    assertThat(whoAmI(key)).isEqualTo("cas");

    update(user.toBuilder().setDisabled(true).build(), "disabled");
    assertThat(refusal(() -> whoAmI(key))).contains("UNAUTHENTICATED");
    assertThat(refusal(() -> login("cas@example.org", PASSWORD))).contains("UNAUTHENTICATED");

    update(user.toBuilder().setDisabled(false).build(), "disabled");
    assertThat(whoAmI(key)).isEqualTo("cas");
  }

  @Test
  void aKeyNeverMayMoreThanItsUser() {
    User user = create("dot", "dot@example.org", Role.ROLE_LIBRARIAN, "");
    String key = server.createKeyOf(operator, user, Preset.PRESET_LIBRARY);
    assertThat(refusal(() -> server.createKeyOf(operator, user, Preset.PRESET_OPERATION)))
        .contains("PERMISSION_DENIED");
    assertThat(refusal(() -> createOwnKey(key, Preset.PRESET_WORK))).contains("PERMISSION_DENIED");

    update(user.toBuilder().setRole(Role.ROLE_READER).build(), "role");

    var me = identity(key).whoAmI(WhoAmIRequest.getDefaultInstance());
    assertThat(me.getRole()).isEqualTo(Role.ROLE_READER);
  }

  @Test
  void aKeyIsShownOnceListedAndEnded() {
    User user = create("eve", "", Role.ROLE_READER, "");
    String own = server.createKeyOf(operator, user, Preset.PRESET_READING);
    CreateKeyResponse second = createOwnKey(own, Preset.PRESET_READING);
    assertThat(whoAmI(second.getSecret())).isEqualTo("eve");

    List<Key> keys =
        identity(own)
            .listKeys(ListKeysRequest.newBuilder().setParent("users/me").build())
            .getKeysList();
    identity(own)
        .revokeKey(RevokeKeyRequest.newBuilder().setName(second.getKey().getName()).build());

    assertThat(keys).hasSize(2).first().isEqualTo(second.getKey());
    assertThat(keys.toString()).doesNotContain(second.getSecret());
    assertThat(refusal(() -> whoAmI(second.getSecret()))).contains("UNAUTHENTICATED");
    assertThat(whoAmI(own)).isEqualTo("eve");
  }

  @Test
  void readersSeeThemselvesAloneAndOthersLookMissing() {
    User user = create("fay", "", Role.ROLE_READER, "");
    User other = create("gus", "", Role.ROLE_READER, "");
    String key = server.createKeyOf(operator, user, Preset.PRESET_READING);
    String none = "users/00000000-0000-4000-8000-000000000000";

    String foreign = refusal(() -> get(key, other.getName()));

    assertThat(get(key, "users/me")).isEqualTo(user);
    assertThat(foreign).contains("NOT_FOUND");
    assertThat(refusal(() -> get(key, none))).isEqualTo(foreign.replace(other.getName(), none));
  }

  @Test
  void aPasswordIsChangedWithTheOldOneAlone() {
    create("hal", "hal@example.org", Role.ROLE_READER, PASSWORD);
    String token = login("hal@example.org", PASSWORD).getToken();

    assertThat(refusal(() -> setPassword(token, "guessed", "a brand new sentence")))
        .contains("UNAUTHENTICATED");
    setPassword(token, PASSWORD, "a brand new sentence");

    assertThat(refusal(() -> login("hal@example.org", PASSWORD))).contains("UNAUTHENTICATED");
    assertThat(login("hal@example.org", "a brand new sentence").getToken()).isNotEmpty();
  }

  @Test
  void namesAndAddressesAreUniqueAndTheLastOperatorStays() {
    create("ida", "ida@example.org", Role.ROLE_READER, "");
    String me = identity(operator).whoAmI(WhoAmIRequest.getDefaultInstance()).getUser().getName();

    assertThat(refusal(() -> create("ida", "", Role.ROLE_READER, ""))).contains("ALREADY_EXISTS");
    assertThat(refusal(() -> create("ida2", "IDA@example.org", Role.ROLE_READER, "")))
        .contains("ALREADY_EXISTS");
    assertThat(refusal(() -> create("ida3", "no address", Role.ROLE_READER, "")))
        .contains("INVALID_ARGUMENT");
    assertThat(refusal(() -> delete(me))).contains("FAILED_PRECONDITION");
  }

  @Test
  void anExportHasTheUsersRowsWithoutSecretsAndADeletionLeavesNone() {
    User user = create("jan", "jan@example.org", Role.ROLE_LIBRARIAN, PASSWORD);
    String key = server.createKeyOf(operator, user, Preset.PRESET_LIBRARY);
    server.upload(RunningServer.with(key, channel), "jan.txt", "The sea was calm.\n");

    String export = String.join("\n", export(key));
    long books = delete(user.getName());

    assertThat(export)
        .contains("\"account\"", "jan@example.org", "\"book\"", "jan.txt", "\"api_key\"")
        .doesNotContain("secret_sha256", "argon2id");
    assertThat(books).isEqualTo(1);
    assertThat(refusal(() -> whoAmI(key))).contains("UNAUTHENTICATED");
    assertThat(rowsOf(user)).isEmpty();
  }

  @Test
  void anUploadBeyondTheQuotaIsRefused() {
    User user = create("kim", "", Role.ROLE_LIBRARIAN, "");
    update(user.toBuilder().setMaxBooks(1).build(), "max_books");
    Channel own =
        RunningServer.with(server.createKeyOf(operator, user, Preset.PRESET_LIBRARY), channel);

    server.upload(own, "one.txt", "One.\n");
    server.upload(own, "one.txt", "One.\n");

    assertThatThrownBy(() -> server.upload(own, "two.txt", "Two.\n"))
        .hasMessageContaining("RESOURCE_EXHAUSTED")
        .hasMessageContaining("1 books");
  }

  @Test
  void usersAreListedByNamePageByPage() {
    for (String name : List.of("zoe 1", "zoe 2", "zoe 3")) {
      create(name, "", Role.ROLE_READER, "");
    }
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      ListUsersResponse page =
          identity(operator)
              .listUsers(ListUsersRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getUsersList().forEach(user -> names.add(user.getDisplayName()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(names).contains("operator", "zoe 1", "zoe 2", "zoe 3").doesNotHaveDuplicates();
  }

  @Test
  void whatChangedIsWrittenDownAndCannotBeChanged() {
    User user = create("lea", "lea@example.org", Role.ROLE_READER, PASSWORD);
    refusal(() -> login("lea@example.org", "wrong"));
    AnalysisSettings settings =
        AnalysisSettings.newBuilder().setName(user.getName() + "/analysisSettings").build();
    AnalysisGrpc.newBlockingStub(operator)
        .updateAnalysisSettings(
            UpdateAnalysisSettingsRequest.newBuilder().setSettings(settings).build());

    List<AuditEvent> events =
        identity(operator)
            .listAuditEvents(ListAuditEventsRequest.newBuilder().setPageSize(1000).build())
            .getEventsList()
            .stream()
            .filter(event -> event.getTarget().equals(user.getName()))
            .toList();

    assertThat(events)
        .extracting(AuditEvent::getAction)
        .containsExactly("UpdateAnalysisSettings", "Login", "CreateUser");
    assertThat(events).extracting(AuditEvent::getDone).containsExactly(true, false, true);
    assertThat(events.toString()).doesNotContain(PASSWORD);
    assertThatThrownBy(
            () ->
                database
                    .scheduler()
                    .inTransaction(handle -> handle.execute("delete from audit_event")))
        .hasMessageContaining("permission denied");
  }

  private static User create(String name, String email, Role role, String password) {
    User user = User.newBuilder().setDisplayName(name).setEmail(email).setRole(role).build();
    return identity(operator)
        .createUser(CreateUserRequest.newBuilder().setUser(user).setPassword(password).build());
  }

  private static void update(User user, String field) {
    identity(operator)
        .updateUser(
            UpdateUserRequest.newBuilder()
                .setUser(user)
                .setUpdateMask(FieldMask.newBuilder().addPaths(field))
                .build());
  }

  private static LoginResponse login(String email, String password) {
    return identity(channel)
        .login(LoginRequest.newBuilder().setEmail(email).setPassword(password).build());
  }

  private static String whoAmI(String key) {
    return identity(key).whoAmI(WhoAmIRequest.getDefaultInstance()).getUser().getDisplayName();
  }

  private static User get(String key, String name) {
    return identity(key).getUser(GetUserRequest.newBuilder().setName(name).build());
  }

  private static CreateKeyResponse createOwnKey(String key, Preset preset) {
    return identity(key)
        .createKey(
            CreateKeyRequest.newBuilder()
                .setParent("users/me")
                .setLabel("own")
                .setPreset(preset)
                .build());
  }

  private static void setPassword(String key, String old, String password) {
    identity(key)
        .setPassword(
            SetPasswordRequest.newBuilder()
                .setName("users/me")
                .setOldPassword(old)
                .setPassword(password)
                .build());
  }

  private static List<String> export(String key) {
    List<String> lines = new ArrayList<>();
    identity(key)
        .exportUser(ExportUserRequest.newBuilder().setName("users/me").build())
        .forEachRemaining((ExportUserResponse part) -> lines.addAll(part.getLinesList()));
    return lines;
  }

  private static long delete(String name) {
    return identity(operator)
        .deleteUser(DeleteUserRequest.newBuilder().setName(name).build())
        .getDeletedBooks();
  }

  /** Tables with a row of a user; the queue's keep theirs for their time. */
  private static List<String> rowsOf(User user) {
    return database
        .scheduler()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        with owned as materialized (
                          select table_name from information_schema.columns
                          where table_schema = 'scriptorium' and column_name = 'owner_id'
                            and table_name !~ '^(job|submission)')
                        select table_name from owned
                         where (xpath('/row/n/text()', query_to_xml(format(
                             'select count(*) as n from %I where owner_id = %L', table_name,
                             :owner), false, true, '')))[1]::text <> '0'
                        """)
                    .bind("owner", user.getName().substring("users/".length()))
                    .mapTo(String.class)
                    .list());
  }

  private static String refusal(ThrowingCallable call) {
    StatusRuntimeException refused =
        org.assertj.core.api.Assertions.catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refused).isNotNull();
    return refused.getStatus().getCode() + " " + refused.getStatus().getDescription();
  }

  private static IdentityBlockingStub identity(String key) {
    return identity(RunningServer.with(key, channel));
  }

  private static IdentityBlockingStub identity(Channel any) {
    return IdentityGrpc.newBlockingStub(any);
  }
}
