package dev.scriptorium.cli;

import com.google.protobuf.ProtocolMessageEnum;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values in the words of the command line. */
final class Words {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

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

  /** The part of an id that tells books apart: newer ids share their beginning. */
  static String shortId(String name) {
    String id = name.substring(name.lastIndexOf('/') + 1);
    return id.length() > 8 ? id.substring(id.length() - 8) : id;
  }
}
