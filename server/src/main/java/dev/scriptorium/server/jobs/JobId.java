package dev.scriptorium.server.jobs;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Numbers of jobs: 63 bits, day * 2^48 + incarnation * 2^28 + sequence. The day is only the
 * partition that a job is kept in.
 */
public final class JobId {
  /** Highest number of an incarnation. */
  public static final long MAX_INCARNATION = (1L << 20) - 1;

  private static final int SEQUENCE_BITS = 28;
  private static final int DAY_SHIFT = 48;
  private static final int MAX_DAY = (1 << 15) - 2;
  private static final long MAX_SEQUENCE = (1L << SEQUENCE_BITS) - 1;
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);

  private JobId() {}

  /** Days since 2020-01-01 in UTC; 0 before that. */
  static int dayOf(Instant time) {
    long days = time.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay() - FIRST_DAY.toEpochDay();
    return Math.clamp(days, 0, MAX_DAY);
  }

  /** The day in a job's number. */
  static int day(long id) {
    return (int) (id >> DAY_SHIFT);
  }

  /** Below every number that an incarnation gives on a day; the next incarnation's is above all. */
  static long floor(int day, long incarnation) {
    return ((long) day << DAY_SHIFT) + (incarnation << SEQUENCE_BITS);
  }

  /** The incarnation in a job's number. */
  public static long incarnation(long id) {
    return id >> SEQUENCE_BITS & MAX_INCARNATION;
  }

  /** How many numbers follow this one on its day. */
  static long left(long id) {
    return MAX_SEQUENCE - (id & MAX_SEQUENCE);
  }
}
