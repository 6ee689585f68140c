package dev.scriptorium.cli;

import com.google.protobuf.Timestamp;
import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists schedules; its subcommands change them. */
@Command(
    name = "schedule",
    description =
        "Lists the jobs that come again and again, or changes them. At most one job of a schedule"
            + " is unfinished at a time: while it is, the next turn is left out.",
    customSynopsis = {
      "scriptorium jobs schedule [OPTIONS]",
      "       scriptorium jobs schedule list|put|delete [OPTIONS]"
    })
final class ScheduleCommand extends Subcommand {
  private ScheduleCommand(Shell shell, Common jobs) {
    super(shell, jobs);
  }

  static CommandLine tree(Shell shell, Common jobs) {
    ScheduleCommand schedules = new ScheduleCommand(shell, jobs);
    return new CommandLine(schedules)
        .addSubcommand(new ListAll(shell, schedules.common(), jobs))
        .addSubcommand(new Put(shell, schedules.common(), jobs))
        .addSubcommand(new Delete(shell, schedules.common(), jobs));
  }

  @Override
  int act(ScriptoriumClient client) {
    return list(this, client);
  }

  private static int list(Subcommand command, ScriptoriumClient client) {
    List<Schedule> schedules = client.jobs().schedules();
    if (command.json()) {
      schedules.forEach(command::printJson);
      return 0;
    }
    if (schedules.isEmpty()) {
      command
          .shell()
          .err()
          .println("No schedules; add one with 'scriptorium jobs schedule put NAME KIND'.");
    }
    Table table = new Table("*SCHEDULE", "KIND", ">EVERY", "NEXT", "*MEDIA TYPE", ">PAYLOAD");
    schedules.forEach(
        schedule ->
            table.row(
                schedule.getName(),
                schedule.getJob().getKind(),
                every(schedule),
                Words.time(schedule.getNextTime(), command.shell().zone()),
                schedule.getJob().getMediaType(),
                Words.size(schedule.getJob().getPayload().size())));
    command.print(table);
    return 0;
  }

  private static String every(Schedule schedule) {
    return Words.span(
        Duration.ofSeconds(schedule.getEvery().getSeconds(), schedule.getEvery().getNanos()));
  }

  /** Lists schedules. */
  @Command(name = "list", description = "Lists the schedules, by name.")
  static final class ListAll extends Subcommand {
    ListAll(Shell shell, Common schedules, Common jobs) {
      super(shell, schedules, jobs);
    }

    @Override
    int act(ScriptoriumClient client) {
      return list(this, client);
    }
  }

  /** Adds or replaces a schedule. */
  @Command(
      name = "put",
      description = "Adds a schedule, or replaces the one of that name.",
      footer = {"", "  scriptorium jobs schedule put nightly-report report --every 1d"})
  static final class Put extends Subcommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the schedule.")
    private String name = "";

    @Mixin private final JobOptions job = new JobOptions();

    @Option(
        names = "--every",
        required = true,
        paramLabel = "TIME",
        converter = Amounts.Span.class,
        description = "Time between turns, for example 30s, 15m, 6h or 1d; from 1 s.")
    private Duration every = Duration.ZERO;

    @Option(
        names = "--first-at",
        paramLabel = "TIME",
        description = "When the next turn is due. One interval from now by default.")
    private @Nullable String first;

    Put(Shell shell, Common schedules, Common jobs) {
      super(shell, schedules, jobs);
    }

    @Override
    void check() {
      job.check();
      firstAt();
    }

    @Override
    int act(ScriptoriumClient client) {
      Schedule.Builder wanted =
          Schedule.newBuilder().setName(name).setEvery(JobOptions.span(every)).setJob(job.toJob());
      Instant at = firstAt();
      if (at != null) {
        wanted.setNextTime(
            Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()));
      }
      Schedule schedule = client.jobs().putSchedule(wanted.build());
      if (json()) {
        printJson(schedule);
      } else {
        print(
            "%s  %s every %s, next %s"
                .formatted(
                    Cells.clean(schedule.getName()),
                    Cells.clean(schedule.getJob().getKind()),
                    every(schedule),
                    Words.time(schedule.getNextTime(), shell().zone())));
      }
      return 0;
    }

    private @Nullable Instant firstAt() {
      return first == null ? null : Amounts.time(first, shell().zone());
    }
  }

  /** Removes a schedule. */
  @Command(name = "delete", description = "Removes a schedule; jobs that it has made stay.")
  static final class Delete extends Subcommand {
    @Parameters(paramLabel = "NAME", description = "Name of the schedule.")
    private String name = "";

    Delete(Shell shell, Common schedules, Common jobs) {
      super(shell, schedules, jobs);
    }

    @Override
    int act(ScriptoriumClient client) {
      client.jobs().deleteSchedule(name);
      if (!json()) {
        print("deleted " + Cells.clean(name));
      }
      return 0;
    }
  }
}
