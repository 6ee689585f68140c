package dev.scriptorium.cli;

import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.GetReadingStatsRequest;
import dev.scriptorium.v1.ReadingGoal;
import dev.scriptorium.v1.ReadingStats;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what was read, and sets goals. */
@Command(
    name = "stats",
    description = "Shows how much you have read, day by day; sets what you want to read.")
final class StatsCommand extends Subcommand {
  @Parameters(
      paramLabel = "BOOK",
      arity = "0..1",
      description = "Title, a part of it, or id. All books by default.")
  private @Nullable String wanted;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Time zone of the days, for example Europe/Berlin. This machine's by default.")
  private @Nullable ZoneId zone;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "First day, yyyy-mm-dd. Four weeks before the last by default.")
  private @Nullable LocalDate first;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      description = "Last day, yyyy-mm-dd. Today by default.")
  private @Nullable LocalDate last;

  @Option(
      names = "--goal-daily",
      paramLabel = "TIME",
      converter = Amounts.Span.class,
      description = "Set how long to read a day, for example 30m; 0m for no goal.")
  private @Nullable Duration goalDaily;

  @Option(
      names = "--goal-books",
      paramLabel = "N",
      description = "Set how many books to finish in a year; 0 for no goal.")
  private @Nullable Integer goalBooks;

  StatsCommand(Shell shell) {
    super(shell);
  }

  @Override
  int act(ScriptoriumClient client) {
    ReadingGoal goal = goal(client);
    GetReadingStatsRequest.Builder request =
        GetReadingStatsRequest.newBuilder()
            .setTimeZone((zone == null ? shell().zone() : zone).getId())
            .setFirstDay(first == null ? "" : first.toString())
            .setLastDay(last == null ? "" : last.toString());
    if (wanted != null) {
      request.setBook(new BookFinder(client).nameOf(wanted));
    }
    ReadingStats stats = client.reading().stats(request.build());
    if (json()) {
      printJson(stats);
    } else {
      print(stats, goal);
    }
    return 0;
  }

  private ReadingGoal goal(ScriptoriumClient client) {
    ReadingGoal goal = client.reading().goal();
    if (goalDaily == null && goalBooks == null) {
      return goal;
    }
    ReadingGoal.Builder changed = goal.toBuilder();
    if (goalDaily != null) {
      changed.setDaily(com.google.protobuf.Duration.newBuilder().setSeconds(goalDaily.toSeconds()));
    }
    if (goalBooks != null) {
      changed.setBooksPerYear(goalBooks);
    }
    return client.reading().setGoal(changed.build());
  }

  private void print(ReadingStats stats, ReadingGoal goal) {
    Table days = new Table("DAY", ">READ", ">CODE POINTS");
    for (ReadingStats.Day day : stats.getDaysList()) {
      days.row(day.getDay(), span(day.getDuration()), Words.count(day.getCodePoints()));
    }
    if (!days.isEmpty()) {
      print(days);
      print("");
    }
    line(
        "Read",
        span(stats.getDuration()) + ", " + Words.count(stats.getCodePoints(), "code point"));
    if (stats.getCodePointsPerMinute() > 0) {
      line(
          "Pace",
          String.format(Locale.ROOT, "%.0f code points a minute", stats.getCodePointsPerMinute()));
    }
    if (stats.hasRemaining()) {
      line("To the end", span(stats.getRemaining()));
    }
    line("Today", span(stats.getToday()) + of(goal.getDaily()));
    line(
        "In a row",
        Words.count(stats.getCurrentStreakDays(), "day")
            + ", at most "
            + Words.count(stats.getLongestStreakDays()));
    line(
        "Finished",
        Words.count(stats.getBooksFinished(), "book")
            + (goal.getBooksPerYear() > 0 ? " of " + Words.count(goal.getBooksPerYear()) : ""));
  }

  private void line(String name, String value) {
    print(String.format(Locale.ROOT, "%-10s  %s", name, value));
  }

  private static String of(com.google.protobuf.Duration goal) {
    return goal.getSeconds() > 0 ? " of " + span(goal) : "";
  }

  private static String span(com.google.protobuf.Duration span) {
    return Words.span(Duration.ofSeconds(span.getSeconds(), span.getNanos()));
  }
}
