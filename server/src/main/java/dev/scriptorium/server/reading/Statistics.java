package dev.scriptorium.server.reading;

import com.google.protobuf.Duration;
import dev.scriptorium.server.database.Database;
import dev.scriptorium.server.reading.SessionStore.Day;
import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.v1.GetReadingStatsRequest;
import dev.scriptorium.v1.ReadingStats;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What reading adds up to. The sums are kept by quarters of an hour when sessions are recorded;
 * which day a quarter belongs to is decided here, by the zone that is asked for. Thread-safe.
 */
public final class Statistics {
  private static final int USUAL_DAYS = 28;
  private static final int MAX_DAYS = 3660;
  private static final long COUNTS_MILLIS = 60_000;

  private final Database database;
  private final InstantSource clock;
  private final SessionStore store = new SessionStore();

  /** Days of a zone, one after the other. */
  private record Days(LocalDate first, LocalDate last, ZoneId zone) {
    List<Instant> starts() {
      List<Instant> starts = new ArrayList<>();
      for (LocalDate day = first; !day.isAfter(last.plusDays(1)); day = day.plusDays(1)) {
        starts.add(day.atStartOfDay(zone).toInstant());
      }
      return starts;
    }

    LocalDate day(int index) {
      return first.plusDays(index);
    }
  }

  /**
   * @param database transactions of the role scriptorium_api
   */
  public Statistics(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The statistics of a period. */
  ReadingStats get(UUID owner, GetReadingStatsRequest request) {
    ZoneId zone = zone(request.getTimeZone());
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    Days period = period(request, today, zone);
    Optional<UUID> book =
        request.getBook().isEmpty()
            ? Optional.empty()
            : Optional.of(BookName.parse("book", request.getBook()).id());
    return database.inTransaction(owner, handle -> read(handle, owner, period, today, book));
  }

  private ReadingStats read(
      Handle handle, UUID owner, Days period, LocalDate today, Optional<UUID> book) {
    Optional<SessionStore.Position> position =
        book.map(id -> store.position(handle, owner, id).orElseThrow(new BookName(id)::missing));
    ReadingStats.Builder stats = ReadingStats.newBuilder();
    List<Day> days = store.days(handle, owner, period.starts(), book.orElse(null));
    addPeriod(stats, period, days);
    position.ifPresent(place -> addRemaining(stats, place));
    addStreaks(stats, handle, owner, new Days(today.minusDays(MAX_DAYS), today, period.zone()));
    addFinished(stats, handle, owner, period);
    return stats.build();
  }

  private static void addPeriod(ReadingStats.Builder stats, Days period, List<Day> days) {
    long millis = days.stream().mapToLong(Day::millis).sum();
    long codePoints = days.stream().mapToLong(Day::codePoints).sum();
    stats
        .setDuration(duration(millis))
        .setCodePoints(codePoints)
        .setCodePointsPerMinute(millis == 0 ? 0 : codePoints * 60_000.0 / millis);
    for (Day day : days) {
      stats.addDays(
          ReadingStats.Day.newBuilder()
              .setDay(period.day(day.index()).toString())
              .setDuration(duration(day.millis()))
              .setCodePoints(day.codePoints()));
    }
  }

  private static void addRemaining(ReadingStats.Builder stats, SessionStore.Position place) {
    double speed = stats.getCodePointsPerMinute();
    if (speed > 0 && place.bookLength() > 0) {
      long left = Math.max(0, place.bookLength() - place.offset());
      stats.setRemaining(duration(Math.round(left * 60_000 / speed)));
    }
  }

  private void addStreaks(ReadingStats.Builder stats, Handle handle, UUID owner, Days ever) {
    List<Day> days = store.days(handle, owner, ever.starts(), null);
    Set<Integer> read =
        days.stream()
            .filter(day -> day.millis() >= COUNTS_MILLIS)
            .map(Day::index)
            .collect(Collectors.toSet());
    Streaks streaks = Streaks.of(read, MAX_DAYS);
    long today = days.stream().filter(day -> day.index() == MAX_DAYS).mapToLong(Day::millis).sum();
    stats
        .setCurrentStreakDays(streaks.current())
        .setLongestStreakDays(streaks.longest())
        .setToday(duration(today));
  }

  private void addFinished(ReadingStats.Builder stats, Handle handle, UUID owner, Days period) {
    LocalDate first = period.last().withDayOfYear(1);
    stats.setBooksFinished(
        store.finished(
            handle,
            owner,
            first.atStartOfDay(period.zone()).toInstant(),
            first.plusYears(1).atStartOfDay(period.zone()).toInstant()));
  }

  private static Days period(GetReadingStatsRequest request, LocalDate today, ZoneId zone) {
    LocalDate last = request.getLastDay().isEmpty() ? today : day("last_day", request.getLastDay());
    LocalDate first =
        request.getFirstDay().isEmpty()
            ? last.minusDays(USUAL_DAYS - 1)
            : day("first_day", request.getFirstDay());
    if (first.isAfter(last) || ChronoUnit.DAYS.between(first, last) > MAX_DAYS) {
      throw InvalidField.of(
          "first_day", first, "not after last_day, and at most " + MAX_DAYS + " days before it");
    }
    return new Days(first, last, zone);
  }

  private static LocalDate day(String field, String text) {
    // Years of four digits: others have no instant that the database knows.
    if (!text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
      throw InvalidField.of(field, text, "yyyy-mm-dd");
    }
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() < 1900) {
        throw InvalidField.of(field, text, "a day since 1900");
      }
      return day;
    } catch (DateTimeException e) {
      throw InvalidField.of(field, text, "yyyy-mm-dd");
    }
  }

  private static ZoneId zone(String name) {
    if (name.isEmpty()) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw InvalidField.of("time_zone", name, "an IANA name, for example Europe/Berlin");
    }
  }

  private static Duration duration(long millis) {
    return Duration.newBuilder()
        .setSeconds(millis / 1000)
        .setNanos((int) (millis % 1000) * 1_000_000)
        .build();
  }
}
