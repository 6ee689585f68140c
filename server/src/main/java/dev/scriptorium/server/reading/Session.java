package dev.scriptorium.server.reading;

import dev.scriptorium.server.wire.BookName;
import dev.scriptorium.server.wire.InvalidField;
import dev.scriptorium.server.wire.WireTime;
import dev.scriptorium.v1.ReadingSession;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Time that was spent reading, checked.
 *
 * @param start book offset at the beginning
 * @param end book offset at the end
 */
record Session(
    UUID owner,
    UUID id,
    UUID book,
    String device,
    Instant startedAt,
    Instant endedAt,
    long start,
    long end) {
  private static final Duration LONGEST = Duration.ofHours(24);
  // Clocks differ a little.
  private static final Duration AHEAD = Duration.ofMinutes(5);

  /**
   * Reads a message.
   *
   * @throws dev.scriptorium.server.wire.ApiException INVALID_FIELD
   */
  static Session of(UUID owner, ReadingSession sent, Instant now) {
    Instant startedAt = WireTime.parse("sessions.start_time", sent.getStartTime());
    Instant endedAt = WireTime.parse("sessions.end_time", sent.getEndTime());
    boolean valid =
        endedAt.isAfter(startedAt)
            && !endedAt.isAfter(startedAt.plus(LONGEST))
            && !endedAt.isAfter(now.plus(AHEAD));
    if (!valid) {
      throw InvalidField.of(
          "sessions.end_time", endedAt, "behind start_time by at most 24 h, and not in the future");
    }
    requireOffset("sessions.start", sent.getStart());
    requireOffset("sessions.end", sent.getEnd());
    return new Session(
        owner,
        ReadingName.session("sessions.name", sent.getName()),
        BookName.parse("sessions.book", sent.getBook()).id(),
        Requests.device("sessions.device", sent.getDevice()),
        startedAt,
        endedAt,
        sent.getStart(),
        sent.getEnd());
  }

  private static void requireOffset(String field, long offset) {
    if (offset < 0 || offset > Integer.MAX_VALUE) {
      throw InvalidField.of(field, offset, "0 to " + Integer.MAX_VALUE);
    }
  }

  ReadingSession toMessage() {
    return ReadingSession.newBuilder()
        .setName("sessions/" + id)
        .setBook(new BookName(book).toString())
        .setDevice(device)
        .setStartTime(WireTime.of(startedAt))
        .setEndTime(WireTime.of(endedAt))
        .setStart(start)
        .setEnd(end)
        .build();
  }
}
