package dev.scriptorium.cli;

import com.google.protobuf.ProtocolMessageEnum;
import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values in the words of the command line. */
final class Words {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private Words() {}

  /** For example {@code readable}. */
  static String of(ProtocolMessageEnum value) {
    return value.getNumber() == 0
        ? "-"
        : ProtoJson.name(value.getValueDescriptor()).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** For example {@code 1.2 MB}, in powers of ten. */
  static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 999.95 && unit < 4) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %cB", value, "kMGTP".charAt(unit));
  }

  /** Memory, for example {@code 512 MiB} or {@code 1.6 GiB}: options count it by 1024 too. */
  static String memory(long bytes) {
    double mebibytes = bytes / 1_048_576.0;
    return mebibytes < 999.5
        ? String.format(Locale.ROOT, "%.0f MiB", mebibytes)
        : String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1024);
  }

  /** A span in its two largest units, for example {@code 4.2 s}, {@code 3 m 20 s}, {@code 2 h}. */
  static String span(Duration span) {
    if (span.compareTo(Duration.ofMinutes(1)) < 0) {
      return seconds(Math.max(0, span.toMillis()));
    }
    if (span.compareTo(Duration.ofHours(1)) < 0) {
      return parts(span.toMinutes(), "m", span.toSecondsPart(), "s");
    }
    return span.compareTo(Duration.ofDays(1)) < 0
        ? parts(span.toHours(), "h", span.toMinutesPart(), "m")
        : parts(span.toDays(), "d", span.toHoursPart(), "h");
  }

  private static String parts(long large, String largeUnit, int small, String smallUnit) {
    String first = large + " " + largeUnit;
    return small == 0 ? first : first + " " + small + " " + smallUnit;
  }

  /** For example {@code 120,412}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** For example {@code 1 chapter} or {@code 24 chapters}. */
  static String count(long number, String one) {
    return count(number) + " " + (number == 1 ? one : one + "s");
  }

  /** For example {@code 1.3 s}. */
  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  /** In the user's zone, for example {@code 2026-11-20 16:20}. */
  static String time(Timestamp time, ZoneId zone) {
    return time.equals(Timestamp.getDefaultInstance())
        ? "-"
        : MINUTES.format(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).atZone(zone));
  }

  /** Time of day in the user's zone, for example {@code 16:20:07}. */
  static String clock(Instant time, ZoneId zone) {
    return SECONDS.format(time.atZone(zone));
  }

  /** The part of an id that tells books apart: newer ids share their beginning. */
  static String shortId(String name) {
    String id = name.substring(name.lastIndexOf('/') + 1);
    return id.length() > 8 ? id.substring(id.length() - 8) : id;
  }
}
