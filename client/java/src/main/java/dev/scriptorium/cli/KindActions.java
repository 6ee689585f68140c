package dev.scriptorium.cli;

import com.google.protobuf.FieldMask;
import dev.scriptorium.client.ScriptoriumClient;
import dev.scriptorium.v1.KindStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be ordered for a kind of jobs. */
abstract sealed class KindActions extends Subcommand {
  @Parameters(
      paramLabel = "KIND",
      description = "Kind of job, for example parse; see 'scriptorium jobs queue'.")
  private String kind = "";

  private KindActions(Shell shell, Common jobs) {
    super(shell, jobs);
  }

  /** What to change. */
  abstract FieldMask change(KindStatus.Builder kind);

  @Override
  int act(ScriptoriumClient client) {
    KindStatus.Builder wanted = KindStatus.newBuilder().setKind(kind);
    FieldMask mask = change(wanted);
    KindStatus now = client.jobs().updateKind(wanted.build(), mask);
    if (json()) {
      printJson(now);
    } else {
      print(Cells.clean(now.getKind()) + "  " + QueueTables.orders(now));
    }
    return 0;
  }

  /** Starts nothing of a kind. */
  @Command(
      name = "pause",
      description =
          "Starts nothing of a kind any more, on any server; what runs goes on. More can be"
              + " submitted.",
      footer = {"", "'scriptorium jobs resume KIND' ends it."})
  static final class Pause extends KindActions {
    Pause(Shell shell, Common jobs) {
      super(shell, jobs);
    }

    @Override
    FieldMask change(KindStatus.Builder kind) {
      kind.setPaused(true);
      return FieldMask.newBuilder().addPaths("paused").build();
    }
  }

  /** Starts jobs of a kind again. */
  @Command(name = "resume", description = "Starts jobs of a paused kind again, on every server.")
  static final class Resume extends KindActions {
    Resume(Shell shell, Common jobs) {
      super(shell, jobs);
    }

    @Override
    FieldMask change(KindStatus.Builder kind) {
      kind.setPaused(false);
      return FieldMask.newBuilder().addPaths("paused").build();
    }
  }

  /** Limits a kind. */
  @Command(
      name = "limit",
      description = "Limits how many jobs of a kind run or start, on each server. 0: no limit.",
      footer = {"", "  scriptorium jobs limit parse --running 4 --per-minute 100"})
  static final class Limit extends KindActions {
    @Option(names = "--running", paramLabel = "N", description = "At most N run at once.")
    private @Nullable Integer running;

    @Option(names = "--per-minute", paramLabel = "N", description = "At most N start in a minute.")
    private @Nullable Integer perMinute;

    Limit(Shell shell, Common jobs) {
      super(shell, jobs);
    }

    @Override
    void check() {
      if (running == null && perMinute == null) {
        throw new CliException(2, "give --running N, --per-minute N or both; 0 ends a limit");
      }
    }

    @Override
    FieldMask change(KindStatus.Builder kind) {
      FieldMask.Builder mask = FieldMask.newBuilder();
      if (running != null) {
        kind.setMaxRunning(running);
        mask.addPaths("max_running");
      }
      if (perMinute != null) {
        kind.setStartsPerMinute(perMinute);
        mask.addPaths("starts_per_minute");
      }
      return mask.build();
    }
  }
}
