package dev.scriptorium.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.scriptorium.server.catalog.Library;
import dev.scriptorium.server.catalog.Refusal;
import dev.scriptorium.server.catalog.SampleResults;
import dev.scriptorium.server.database.TestDatabase;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.Book;
import dev.scriptorium.v1.GetReadingGoalRequest;
import dev.scriptorium.v1.GetReadingStatsRequest;
import dev.scriptorium.v1.ListSessionsRequest;
import dev.scriptorium.v1.ReadingGoal;
import dev.scriptorium.v1.ReadingSession;
import dev.scriptorium.v1.ReadingStats;
import dev.scriptorium.v1.RecordSessionsRequest;
import dev.scriptorium.v1.RecordSessionsResponse;
import dev.scriptorium.v1.UpdateProgressRequest;
import dev.scriptorium.v1.UpdateReadingGoalRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The library's clock stands at 2026-11-02T10:00:00Z. */
class StatisticsTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();
  @TempDir Path folder;

  private Library library;
  private UUID owner;
  private String book;

  @BeforeEach
  void open() throws Exception {
    library = new Library(database.databases(), folder);
    owner = database.createAccount();
    Book made = library.upload(owner, "text");
    book = made.getName();
    library.apply(library.job(BookName.parse("name", book).id(), "parse"), SampleResults.parsed());
  }

  @AfterEach
  void close() throws Exception {
    library.stop();
  }

  @Test
  void theDayOfASessionIsThatOfTheReadersZone() {
    record(session("2026-10-31T22:30:00Z", "2026-10-31T23:30:00Z", 0, 40));

    assertThat(stats("UTC", "2026-10-01", "2026-11-01").getDaysList())
        .extracting(day -> day.getDay() + " " + day.getDuration().getSeconds())
        .containsExactly("2026-10-31 3600");
    assertThat(stats("Europe/Berlin", "2026-10-01", "2026-11-01").getDaysList())
        .extracting(day -> day.getDay() + " " + day.getDuration().getSeconds())
        .containsExactly("2026-10-31 1800", "2026-11-01 1800");
    assertThat(stats("Asia/Kathmandu", "2026-10-01", "2026-11-02").getDaysList())
        .extracting(day -> day.getDay() + " " + day.getCodePoints())
        .containsExactly("2026-11-01 40");
  }

  @Test
  void theDayOnWhichClocksAreSetHasAnotherLength() {
    record(session("2026-10-24T22:00:00Z", "2026-10-25T22:00:00Z", 0, 1));
    record(session("2026-10-25T22:00:00Z", "2026-10-25T23:00:00Z", 0, 1));

    assertThat(stats("Europe/Berlin", "2026-10-25", "2026-10-25").getDuration().getSeconds())
        .isEqualTo(25 * 3600);
  }

  @Test
  void theSumsAreThoseOfTheSessionsHoweverOftenTheyAreSent() {
    List<ReadingSession> sessions = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Instant start = Instant.parse("2026-10-30T00:00:00Z").plusSeconds(i * 1009L);
      sessions.add(session(start.toString(), start.plusMillis(997_001).toString(), i, i + 7));
    }

    assertThat(record(sessions)).isEqualTo(answer(40, 0));
    assertThat(record(sessions.subList(0, 10))).isEqualTo(answer(0, 10));
    assertThat(record(List.of(sessions.getFirst(), sessions.getFirst()))).isEqualTo(answer(0, 2));

    ReadingStats stats = stats("UTC", "2026-10-01", "2026-11-01");
    assertThat(stats.getCodePoints()).isEqualTo(40 * 7);
    assertThat(stats.getDuration())
        .isEqualTo(Duration.newBuilder().setSeconds(39_880).setNanos(40_000_000).build());
    assertThat(stats.getCodePointsPerMinute()).isBetween(0.42, 0.43);
    var request = ListSessionsRequest.newBuilder().setPageSize(17);
    List<ReadingSession> listed = new ArrayList<>();
    do {
      var page = library.reading(owner).listSessions(request.build());
      listed.addAll(page.getSessionsList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    assertThat(listed).isEqualTo(sessions.reversed());
  }

  @Test
  void aRowOfDaysLastsUntilADayIsMissed() {
    for (int day : List.of(20, 21, 22, 23, 30, 31)) {
      record(session("2026-10-" + day + "T10:00:00Z", "2026-10-" + day + "T10:05:00Z", 0, 9));
    }
    record(session("2026-10-29T10:00:00Z", "2026-10-29T10:00:59Z", 0, 9));
    record(session("2026-11-01T10:00:00Z", "2026-11-01T10:05:00Z", 0, 9));

    // Today is not over yet.
    assertThat(stats("UTC", "", "").getCurrentStreakDays()).isEqualTo(3);
    assertThat(stats("UTC", "", "").getLongestStreakDays()).isEqualTo(4);
    record(session("2026-11-02T08:00:00Z", "2026-11-02T08:05:00Z", 0, 9));
    assertThat(stats("UTC", "", "").getCurrentStreakDays()).isEqualTo(4);
    assertThat(stats("UTC", "", "").getToday().getSeconds()).isEqualTo(300);
  }

  @Test
  void streaksAreCountedFromTheDaysThatHaveReading() {
    assertThat(Streaks.of(Set.of(), 10)).isEqualTo(new Streaks(0, 0));
    assertThat(Streaks.of(Set.of(10), 10)).isEqualTo(new Streaks(1, 1));
    assertThat(Streaks.of(Set.of(8, 9), 10)).isEqualTo(new Streaks(2, 2));
    assertThat(Streaks.of(Set.of(0, 1, 2, 8), 10)).isEqualTo(new Streaks(0, 3));
  }

  @Test
  void theTimeToTheEndFollowsFromTheReadersPace() {
    record(session("2026-11-01T10:00:00Z", "2026-11-01T10:10:00Z", 0, 20));
    var _ =
        library
            .reading(owner)
            .updateProgress(
                UpdateProgressRequest.newBuilder()
                    .setName(book + "/progress")
                    .setOffset(20)
                    .setDevice("phone")
                    .build());

    ReadingStats stats =
        library
            .reading(owner)
            .getReadingStats(GetReadingStatsRequest.newBuilder().setBook(book).build());

    assertThat(stats.getRemaining().getSeconds()).isEqualTo(35 * 30);
    assertThat(stats.getBooksFinished()).isZero();
  }

  @Test
  void aGoalIsSetWithItsEtag() {
    ReadingGoal none = goal();
    assertThat(none.getDaily().getSeconds()).isZero();
    var request =
        UpdateReadingGoalRequest.newBuilder()
            .setEtag(none.getEtag())
            .setGoal(
                ReadingGoal.newBuilder()
                    .setName("readingGoal")
                    .setDaily(Duration.newBuilder().setSeconds(1800))
                    .setBooksPerYear(24))
            .build();

    ReadingGoal set = library.reading(owner).updateReadingGoal(request);

    assertThat(goal()).isEqualTo(set);
    assertThat(set.getBooksPerYear()).isEqualTo(24);
    assertThat(Refusal.of(() -> library.reading(owner).updateReadingGoal(request)).reason())
        .isEqualTo("ETAG_MISMATCH");
  }

  @Test
  void whatMakesNoSenseIsRefusedWithItsField() {
    assertField("sessions.end_time", session("2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z", 0, 1));
    assertField("sessions.end_time", session("2026-11-01T10:00:00Z", "2026-11-02T10:00:01Z", 0, 1));
    assertField("sessions.end_time", session("2026-11-02T10:00:00Z", "2026-11-02T10:05:01Z", 0, 1));
    assertField("sessions.start", session("2026-11-01T10:00:00Z", "2026-11-01T10:01:00Z", -1, 1));
    Refusal zone = Refusal.of(() -> stats("Mars/Olympus", "", ""));
    assertThat(zone.metadata()).containsEntry("field", "time_zone");
    Refusal day = Refusal.of(() -> stats("UTC", "2026-02-30", ""));
    assertThat(day.metadata()).containsEntry("field", "first_day");
    Refusal order = Refusal.of(() -> stats("UTC", "2026-02-03", "2026-02-02"));
    assertThat(order.metadata()).containsEntry("field", "first_day");
  }

  private void assertField(String field, ReadingSession session) {
    Refusal refusal = Refusal.of(() -> record(session));
    assertThat(refusal.reason()).isEqualTo("INVALID_FIELD");
    assertThat(refusal.metadata()).containsEntry("field", field);
  }

  private ReadingSession session(String start, String end, long from, long to) {
    return ReadingSession.newBuilder()
        .setName("sessions/" + UUID.randomUUID())
        .setBook(book)
        .setDevice("phone")
        .setStartTime(WireTime.of(Instant.parse(start)))
        .setEndTime(WireTime.of(Instant.parse(end)))
        .setStart(from)
        .setEnd(to)
        .build();
  }

  private void record(ReadingSession session) {
    assertThat(record(List.of(session))).isEqualTo(answer(1, 0));
  }

  private RecordSessionsResponse record(List<ReadingSession> sessions) {
    return library
        .reading(owner)
        .recordSessions(RecordSessionsRequest.newBuilder().addAllSessions(sessions).build());
  }

  private static RecordSessionsResponse answer(int recorded, int duplicates) {
    return RecordSessionsResponse.newBuilder()
        .setRecorded(recorded)
        .setDuplicates(duplicates)
        .build();
  }

  private ReadingStats stats(String zone, String first, String last) {
    return library
        .reading(owner)
        .getReadingStats(
            GetReadingStatsRequest.newBuilder()
                .setTimeZone(zone)
                .setFirstDay(first)
                .setLastDay(last)
                .build());
  }

  private ReadingGoal goal() {
    return library
        .reading(owner)
        .getReadingGoal(GetReadingGoalRequest.newBuilder().setName("readingGoal").build());
  }
}
