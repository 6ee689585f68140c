package dev.scriptorium.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.database.Database.Numbers;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.v1.ChangesGrpc;
import dev.scriptorium.v1.ListChangesRequest;
import dev.scriptorium.v1.ReadingGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of the contract, sent as they are written there but for the book's id: by the owner
 * they are answered; for a stranger there is nothing.
 */
class ContractTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private static final String EXAMPLE_BOOK = "01939e5a-7c00-7000-8000-000000000001";
  private static final String NO_BOOK = "00000000-0000-7000-8000-000000000000";
  private static final Pattern RPC = Pattern.compile("((?:  //[^\n]*\n)+)  rpc (\\w+)\\(");

  /** What names no book, and so has an answer for everybody. */
  private static final Set<String> FOR_EVERYBODY =
      Set.of(
          "BatchUpdateProgress",
          "ListProgress",
          "ListAnnotations",
          "ExportAnnotations",
          "ListSessions",
          "GetReadingStats",
          "GetReadingGoal",
          "UpdateReadingGoal",
          "ListChanges",
          "WatchChanges");

  private Library library;
  private UUID owner;
  private UUID stranger;
  private String book;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    stranger = database.createAccount();
    book = library.upload(owner, "text").getName().substring("books/".length());
    UUID id = BookName.parse("name", "books/" + book).id();
    library.apply(library.job(id, "parse"), SampleResults.parsed());
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void everyExampleIsAnsweredAndAStrangerGetsNothing() throws Exception {
    Map<String, String> examples = new LinkedHashMap<>(examples("reading.proto"));
    examples.putAll(examples("changes.proto"));
    assertThat(examples.keySet())
        .containsExactlyInAnyOrderElementsOf(
            methods().map(MethodDescriptor::getBareMethodName).toList());

    for (MethodDescriptor<Message, Message> method : methods().toList()) {
      String name = Objects.requireNonNull(method.getBareMethodName());
      String example = Objects.requireNonNull(examples.get(name));

      assertThat(first(owner, method, example)).as(name).isNotNull();

      if (FOR_EVERYBODY.contains(name)) {
        Message theirs = first(stranger, method, example);
        String shown = theirs.toString().replaceAll("there is no book books/\\S+", "");
        assertThat(shown).as(name).doesNotContain(book).doesNotContain("0000000000b1");
      } else {
        Refusal foreign = Refusal.of(() -> first(stranger, method, example));
        Refusal none =
            Refusal.of(() -> first(stranger, method, example.replace(EXAMPLE_BOOK, NO_BOOK)));
        assertThat(foreign.code()).as(name).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(none.message()).isEqualTo(foreign.message().replace(book, NO_BOOK));
      }
    }
  }

  @Test
  void theRowsOfAGroupAreThoseOfItsReadersAlone() {
    for (String table : List.of("book", "chapter", "progress_head", "progress_event")) {
      long ofStranger = count(table, Set.of(stranger));
      assertThat(ofStranger).as(table).isZero();
      assertThat(count(table, Set.of(owner, stranger)))
          .as(table)
          .isGreaterThanOrEqualTo(ofStranger);
    }
    assertThat(count("book", Set.of(owner))).isEqualTo(1);
  }

  private static long count(String table, Set<UUID> owners) {
    return database
        .api()
        .inTransaction(
            owners,
            new Numbers(StepStore.SEQUENCE, 1),
            (handle, _) ->
                handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  @Test
  void whatAReaderDidCanBeForgotten() throws Exception {
    Map<String, String> examples = examples("reading.proto");
    for (MethodDescriptor<Message, Message> method : methods().toList()) {
      String name = Objects.requireNonNull(method.getBareMethodName());
      if (Set.of("UpdateProgress", "CreateAnnotation", "RecordSessions", "UpdateReadingGoal")
          .contains(name)) {
        first(owner, method, Objects.requireNonNull(examples.get(name)));
      }
    }

    database
        .scheduler()
        .inTransaction(
            h ->
                h.createQuery("select forget_reader(:o)::text")
                    .bind("o", owner)
                    .mapTo(String.class)
                    .list());

    for (String table :
        List.of(
            "progress_event",
            "progress_device_head",
            "progress_head",
            "annotation",
            "reading_session",
            "reading_quarter",
            "reading_goal",
            "change")) {
      long left =
          database
              .api()
              .inTransaction(
                  owner,
                  h -> h.createQuery("select count(*) from " + table).mapTo(Long.class).one());
      assertThat(left).as(table).isZero();
    }
    assertThat(
            library
                .changes(owner)
                .listChanges(ListChangesRequest.getDefaultInstance())
                .getChangesList())
        .hasSize(1);
  }

  @SuppressWarnings("unchecked")
  private static Stream<MethodDescriptor<Message, Message>> methods() {
    return Stream.of(ReadingGrpc.getServiceDescriptor(), ChangesGrpc.getServiceDescriptor())
        .flatMap(service -> service.getMethods().stream())
        .map(method -> (MethodDescriptor<Message, Message>) method);
  }

  private Message first(UUID who, MethodDescriptor<Message, Message> method, String example)
      throws InvalidProtocolBufferException {
    Channel channel = library.channel(who);
    Message request =
        request(
            method,
            example.replace(EXAMPLE_BOOK, book).replace("/steps/1\"", "/steps/" + step() + "\""));
    Context.CancellableContext context = Context.current().withCancellation();
    Context before = context.attach();
    try {
      return ClientCalls.blockingServerStreamingCall(channel, method, CallOptions.DEFAULT, request)
          .next();
    } finally {
      context.detach(before);
      context.cancel(null);
    }
  }

  /** Other tests have made steps before. */
  private long step() {
    return database
        .api()
        .inTransaction(
            owner,
            h ->
                h.createQuery("select coalesce(min(event_id), 1) from progress_event")
                    .mapTo(Long.class)
                    .one());
  }

  private static Message request(MethodDescriptor<Message, Message> method, String json)
      throws InvalidProtocolBufferException {
    var marshaller = (PrototypeMarshaller<Message>) method.getRequestMarshaller();
    Message.Builder builder = Objects.requireNonNull(marshaller.getMessagePrototype()).toBuilder();
    JsonFormat.parser().merge(json, builder);
    return builder.build();
  }

  /** From a method's name to the JSON in its comment. */
  private static Map<String, String> examples(String file) throws IOException {
    Map<String, String> examples = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(ReadingGrpc.class.getResourceAsStream("/scriptorium/v1/" + file))) {
      Matcher matcher = RPC.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      while (matcher.find()) {
        String comment = matcher.group(1).replaceAll("(?m)^  // ?", "");
        int at = comment.indexOf("Example: ");
        assertThat(at).as(matcher.group(2)).isNotNegative();
        examples.put(matcher.group(2), comment.substring(at + "Example: ".length()));
      }
    }
    return examples;
  }
}
