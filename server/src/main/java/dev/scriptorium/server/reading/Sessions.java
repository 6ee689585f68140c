package dev.scriptorium.server.reading;

import com.google.protobuf.Duration;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.reading.SessionStore.Before;
import dev.scriptorium.server.reading.SessionStore.Goal;
import dev.scriptorium.server.wire.ApiException;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.Page;
import dev.scriptorium.server.wire.PageSize;
import dev.scriptorium.server.wire.PageToken;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.ErrorReason;
import dev.scriptorium.v1.ListSessionsRequest;
import dev.scriptorium.v1.ListSessionsResponse;
import dev.scriptorium.v1.ReadingGoal;
import dev.scriptorium.v1.ReadingSession;
import dev.scriptorium.v1.RecordSessionsRequest;
import dev.scriptorium.v1.RecordSessionsResponse;
import dev.scriptorium.v1.UpdateReadingGoalRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rules of sessions and goals. Thread-safe. */
public final class Sessions {
  private static final String GOAL = "readingGoal";
  private static final int MAX_SESSIONS = 500;
  private static final int DAY_SECONDS = 86_400;
  private static final int MAX_BOOKS = 10_000;
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final Database database;
  private final InstantSource clock;
  private final SessionStore store = new SessionStore();

  /**
   * @param database transactions of the role scriptorium_api
   */
  public Sessions(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Adds sessions that are not there yet. */
  RecordSessionsResponse record(UUID owner, RecordSessionsRequest request) {
    int count = request.getSessionsCount();
    if (count < 1 || count > MAX_SESSIONS) {
      throw InvalidField.of("sessions", count + " sessions", "1 to " + MAX_SESSIONS);
    }
    Instant now = now();
    Map<UUID, Session> sessions = new LinkedHashMap<>();
    for (ReadingSession sent : request.getSessionsList()) {
      Session session = Session.of(owner, sent, now);
      sessions.putIfAbsent(session.id(), session);
    }
    List<Session> distinct = List.copyOf(sessions.values());
    var books = distinct.stream().map(Session::book).collect(Collectors.toSet());
    int recorded =
        database.inTransaction(
            owner,
            handle -> {
              Optional<UUID> missing = store.missing(handle, owner, books);
              if (missing.isPresent()) {
                throw new BookName(missing.get()).missing();
              }
              return store.record(handle, distinct, now);
            });
    return RecordSessionsResponse.newBuilder()
        .setRecorded(recorded)
        .setDuplicates(count - recorded)
        .build();
  }

  /** A page of sessions, the one that began last first. */
  ListSessionsResponse list(UUID owner, ListSessionsRequest request) {
    int size = PageSize.of(request.getPageSize());
    String list = "ListSessions " + owner;
    Before before = before(request.getPageToken(), list);
    List<Session> found =
        database.inTransaction(owner, handle -> store.list(handle, owner, before, size + 1));
    Page<ReadingSession> page = Page.of(found.stream().map(Session::toMessage).toList(), size);
    ListSessionsResponse.Builder response =
        ListSessionsResponse.newBuilder().addAllSessions(page.items());
    if (page.more()) {
      Session last = found.get(page.items().size() - 1);
      response.setNextPageToken(
          PageToken.of(
                  Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, last.startedAt())),
                  last.id().toString())
              .encode(list));
    }
    return response.build();
  }

  private static Before before(String token, String list) {
    if (token.isEmpty()) {
      return new Before(LATEST, new UUID(-1, -1));
    }
    PageToken read = PageToken.decode(token, list);
    Instant startedAt = Instant.EPOCH.plus(read.number(0), ChronoUnit.MICROS);
    return new Before(startedAt.isAfter(LATEST) ? LATEST : startedAt, read.id(1));
  }

  /** The goal; zeros when none was set. */
  ReadingGoal goal(UUID owner, String name) {
    requireGoal("name", name);
    return database
        .inTransaction(owner, handle -> store.goal(handle, owner))
        .map(Sessions::message)
        .orElse(ReadingGoal.newBuilder().setName(GOAL).setEtag("\"0\"").build());
  }

  /** Sets the goal. */
  ReadingGoal setGoal(UUID owner, UpdateReadingGoalRequest request) {
    requireGoal("goal.name", request.getGoal().getName());
    int books = request.getGoal().getBooksPerYear();
    if (books < 0 || books > MAX_BOOKS) {
      throw InvalidField.of("goal.books_per_year", books, "0 to " + MAX_BOOKS);
    }
    Duration daily = request.getGoal().getDaily();
    if (daily.getSeconds() < 0 || daily.getSeconds() > DAY_SECONDS || daily.getNanos() != 0) {
      throw InvalidField.of("goal.daily", daily.getSeconds() + "s", "whole seconds, 0 to 24 hours");
    }
    return database.inTransaction(
        owner,
        handle -> {
          long revision = store.goal(handle, owner).map(Goal::revision).orElse(0L);
          AnnotationRequests.requireEtag("goal", request.getEtag(), revision);
          Goal goal = new Goal(revision + 1, (int) daily.getSeconds(), books, now());
          if (!store.setGoal(handle, owner, goal)) {
            throw overtaken();
          }
          return message(goal);
        });
  }

  private static void requireGoal(String field, String name) {
    if (!name.equals(GOAL)) {
      throw InvalidField.of(field, name, GOAL);
    }
  }

  private static ReadingGoal message(Goal goal) {
    return ReadingGoal.newBuilder()
        .setName(GOAL)
        .setEtag(AnnotationRequests.etag(goal.revision()))
        .setDaily(Duration.newBuilder().setSeconds(goal.dailySeconds()))
        .setBooksPerYear(goal.booksPerYear())
        .setUpdateTime(WireTime.of(goal.updatedAt()))
        .build();
  }

  private static ApiException overtaken() {
    return new ApiException(
        ErrorReason.ERROR_REASON_ETAG_MISMATCH,
        "the goal was changed at the same time; read it again",
        Map.of());
  }

  // The database keeps microseconds.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
