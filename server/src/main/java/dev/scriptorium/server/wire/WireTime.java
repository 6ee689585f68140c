package dev.scriptorium.server.wire;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the API writes them. */
public final class WireTime {
  private static final long MIN_SECONDS = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long MAX_SECONDS = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private WireTime() {}

  /** The message for an instant. */
  public static Timestamp of(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /**
   * The instant of a message, to the microsecond, which is what the database keeps.
   *
   * @param field path of the field, for the error
   * @throws ApiException INVALID_FIELD when it is outside the years 1 to 9999
   */
  public static Instant parse(String field, Timestamp time) {
    boolean valid =
        time.getSeconds() >= MIN_SECONDS
            && time.getSeconds() <= MAX_SECONDS
            && time.getNanos() >= 0
            && time.getNanos() < 1_000_000_000;
    if (!valid) {
      throw InvalidField.of(field, time.getSeconds() + "s", "an instant of the years 1 to 9999");
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).truncatedTo(ChronoUnit.MICROS);
  }
}
