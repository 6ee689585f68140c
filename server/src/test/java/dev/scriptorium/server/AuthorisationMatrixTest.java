package dev.scriptorium.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scriptorium.server.GenericCall.Outcome;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.identity.MethodRules;
import dev.scriptorium.v1.AddBooksRequest;
import dev.scriptorium.v1.Collection;
import dev.scriptorium.v1.CollectionsGrpc;
import dev.scriptorium.v1.CreateCollectionRequest;
import dev.scriptorium.v1.IdentityGrpc;
import dev.scriptorium.v1.JobsGrpc;
import dev.scriptorium.v1.ListJobsRequest;
import dev.scriptorium.v1.ListKeysRequest;
import dev.scriptorium.v1.ShareBookRequest;
import dev.scriptorium.v1.ShareCollectionRequest;
import dev.scriptorium.v1.User;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every method of every service, called by everybody, against what authorisation.md says. The
 * requests are the examples of the contract; in the matrix the names in them are those of a user
 * who owns a book, a job and a key.
 */
class AuthorisationMatrixTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final String BOOK = "books/00000000-0000-7000-8000-000000000000";
  private static final String USER = "users/00000000-0000-4000-8000-000000000000";
  private static final String KEY = "keys/00000000";
  private static final String COLLECTION = "collections/00000000-0000-4000-8000-0000000000c0";
  private static final String JOB = "jobs/1\"";
  // Last, so that the others find what they name: first the share, then what is shared; it comes
  // back once, to be deleted once more.
  private static final List<String> TAKING =
      List.of("/Unshare", "/BatchDelete", "/Undelete", "/(Delete|Purge|Revoke|Cancel)");
  private static final String READER_EMAIL = "reader@example.org";

  @TempDir static Path folder;
  private static RunningServer server;
  private static Channel operator;
  private static Map<String, Channel> callers;
  private static Map<String, String> owned;

  @BeforeAll
  static void open() throws Exception {
    server =
        new RunningServer(database, Files.createDirectory(folder.resolve("data")), TestGuard.GUARD);
    ManagedChannel channel = server.connect();
    operator = RunningServer.with(server.operatorKey(), channel);
    User owner = server.createUser(operator, "owner", "owner@example.org");
    User reader = server.createUser(operator, "reader", READER_EMAIL);
    User stranger = server.createUser(operator, "stranger", "stranger@example.org");
    User leaving = server.createUser(operator, "leaving", "leaving@example.org");
    callers = new LinkedHashMap<>();
    callers.put("nobody", channel);
    callers.put("stranger", RunningServer.with(server.createKey(operator, stranger), channel));
    callers.put("worker", RunningServer.with(server.workerKey(), channel));
    callers.put("shared reader", RunningServer.with(server.createKey(operator, reader), channel));
    callers.put("operator", operator);
    callers.put("owner", RunningServer.with(server.createKey(operator, owner), channel));
    owned = own(owner, leaving);
  }

  // A book that is shared, its first job, and a key to spare.
  private static Map<String, String> own(User owner, User leaving) throws Exception {
    Channel own = Objects.requireNonNull(callers.get("owner"));
    String book = server.upload(own, "tide.txt", "The tide came in.\n");
    IdentityGrpc.newBlockingStub(own)
        .shareBook(ShareBookRequest.newBuilder().setBook(book).setReader(READER_EMAIL).build());
    String collection = collection(own, book);
    server.createKey(operator, owner);
    String key =
        IdentityGrpc.newBlockingStub(operator)
            .listKeys(ListKeysRequest.newBuilder().setParent(owner.getName()).build())
            .getKeys(0)
            .getName();
    String job =
        JobsGrpc.newBlockingStub(own)
            .listJobs(ListJobsRequest.newBuilder().setBook(book).build())
            .getJobs(0)
            .getName();
    return Map.of(
        BOOK,
        book,
        USER,
        leaving.getName(),
        KEY,
        key,
        JOB,
        job + "\"",
        COLLECTION,
        collection,
        "users/me",
        owner.getName());
  }

  private static String collection(Channel own, String book) {
    CollectionsGrpc.CollectionsBlockingStub collections = CollectionsGrpc.newBlockingStub(own);
    String name =
        collections
            .createCollection(
                CreateCollectionRequest.newBuilder()
                    .setCollection(Collection.newBuilder().setTitle("The sea"))
                    .build())
            .getName();
    collections.addBooks(AddBooksRequest.newBuilder().setName(name).addBooks(book).build());
    collections.shareCollection(
        ShareCollectionRequest.newBuilder().setName(name).setReader(READER_EMAIL).build());
    return name;
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
  }

  @Test
  void everyMethodHasARule() throws Exception {
    for (Contract.Method method : Contract.methods()) {
      boolean ruled =
          MethodRules.open(method.name()) || !MethodRules.roles(method.name()).isEmpty();
      assertThat(ruled).as(method.name()).isTrue();
    }
    assertThat(MethodRules.open("scriptorium.v1.Catalog/Unknown")).isFalse();
    assertThat(MethodRules.roles("scriptorium.v1.Catalog/Unknown")).isEmpty();
  }

  @Test
  void everybodyGetsWhatTheMatrixSays() throws Exception {
    List<Contract.Method> methods = new ArrayList<>(Contract.methods());
    methods.sort(Comparator.comparingInt(AuthorisationMatrixTest::takes));
    List<String> missing = missingLooksForeign(methods);
    List<String> rows = new ArrayList<>();
    for (Contract.Method method : methods) {
      rows.add(row(method));
    }
    rows.sort(Comparator.naturalOrder());
    String table = header() + String.join("\n", rows) + "\n";

    Path actual = Path.of("target", "authorisation.md");
    Files.writeString(actual, table);
    assertThat(missing).as("a foreign thing does not look like a missing one").isEmpty();
    assertThat(table)
        .as("%s is what is, authorisation.md what should be: copy it when it is right", actual)
        .isEqualTo(expected());
  }

  @Test
  void everyExampleCanBeSentAsItIsWritten() throws Exception {
    Channel worker = Objects.requireNonNull(callers.get("worker"));
    for (Contract.Method method : Contract.methods()) {
      boolean forWorkers = method.name().startsWith("scriptorium.worker.");
      if (method.ours()) {
        Outcome outcome =
            GenericCall.call(forWorkers ? worker : operator, method, method.examples());
        assertThat(outcome.code())
            .as(method.name() + " " + outcome.message())
            .isNotIn(
                Status.Code.INVALID_ARGUMENT,
                Status.Code.UNIMPLEMENTED,
                Status.Code.INTERNAL,
                Status.Code.UNKNOWN,
                Status.Code.UNAVAILABLE);
      }
    }
  }

  // The stranger asks for what the owner has, and for what nobody has.
  private static List<String> missingLooksForeign(List<Contract.Method> methods) throws Exception {
    Channel stranger = Objects.requireNonNull(callers.get("stranger"));
    List<String> different = new ArrayList<>();
    for (Contract.Method method : methods) {
      List<String> foreign =
          method.examples().stream().map(AuthorisationMatrixTest::owned).toList();
      if (method.ours() && !foreign.equals(method.examples())) {
        List<String> none =
            method.examples().stream().map(e -> e.replace("users/me", USER)).toList();
        Outcome ofForeign = GenericCall.call(stranger, method, foreign);
        Outcome ofNone = GenericCall.call(stranger, method, none);
        if (!shape(ofForeign).equals(shape(ofNone))) {
          different.add(method.name() + ": " + shape(ofForeign) + " and " + shape(ofNone));
        }
      }
    }
    return different;
  }

  private static String shape(Outcome outcome) {
    String message =
        outcome
            .message()
            .replaceAll("(books|users|keys|jobs|collections)/[0-9A-Za-z-]+", "$1/…")
            .replaceAll("job [0-9]+", "job …");
    return outcome + " " + message;
  }

  private static String row(Contract.Method method) throws Exception {
    List<String> requests =
        method.examples().isEmpty()
            ? List.of("{}")
            : method.examples().stream().map(example -> request(method, example)).toList();
    StringBuilder row = new StringBuilder("| " + method.name());
    for (Channel caller : callers.values()) {
      row.append(" | ").append(GenericCall.call(caller, method, requests));
    }
    return row.append(" |").toString();
  }

  private static String request(Contract.Method method, String example) {
    // Only a reader can give something back, in his own name.
    return method.name().contains("/Unshare")
        ? example
            .replace(BOOK, Objects.requireNonNull(owned.get(BOOK)))
            .replace(COLLECTION, Objects.requireNonNull(owned.get(COLLECTION)))
        : owned(example);
  }

  private static String owned(String example) {
    String request =
        example
            .replace("mary@example.org", READER_EMAIL)
            .replaceAll("books/[0-9a-f-]{36}", Objects.requireNonNull(owned.get(BOOK)));
    for (Map.Entry<String, String> name : owned.entrySet()) {
      request = request.replace(name.getKey(), name.getValue());
    }
    return request;
  }

  private static int takes(Contract.Method method) {
    for (int i = 0; i < TAKING.size(); i++) {
      if (method.name().matches(".*" + TAKING.get(i) + "[A-Za-z]*")) {
        return i + 1;
      }
    }
    return 0;
  }

  private static String header() {
    String names = String.join(" | ", callers.keySet());
    String line = callers.keySet().stream().map(_ -> "---").collect(Collectors.joining("|"));
    return "| method | " + names + " |\n|---|" + line + "|\n";
  }

  private static String expected() throws Exception {
    try (InputStream file = AuthorisationMatrixTest.class.getResourceAsStream("authorisation.md")) {
      return file == null ? "" : new String(file.readAllBytes(), UTF_8);
    }
  }
}
