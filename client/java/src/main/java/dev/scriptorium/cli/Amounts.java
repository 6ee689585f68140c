package dev.scriptorium.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads spans, sizes and times as people write them. */
final class Amounts {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})\\s*([kmg]?)(i?b)?");
  private static final Pattern ZONED = Pattern.compile("T.*(Z|[+-]\\d\\d:\\d\\d)$");

  private Amounts() {}

  /** For example {@code 250ms}, {@code 10s}, {@code 5m}, {@code 1h} or {@code 2d}. */
  static final class Span implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Matcher matcher = SPAN.matcher(text.strip());
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is not a time like 30s, 5m, 1h or 2d");
      }
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
  }

  /** Bytes, for example {@code 512MB}, {@code 2g} or {@code 1048576}; units count by 1024. */
  static final class Size implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is not a size like 512MB or 2g");
      }
      int shift =
          switch (matcher.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
          };
      return Long.parseLong(matcher.group(1)) << shift;
    }
  }

  /**
   * A moment, for example {@code 2026-11-20T16:20}, in the user's zone unless it names another:
   * {@code 2026-11-20T16:20Z}.
   */
  static Instant time(String text, ZoneId zone) {
    try {
      return ZONED.matcher(text).find()
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new CliException(
          2, "'" + text + "' is not a time like 2026-11-20T16:20 or 2026-11-20T16:20Z");
    }
  }
}
