package dev.scriptorium.loadtest.chaos.check;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that was recorded of a run.
 *
 * @param submissions what the clients did, in order
 * @param executions what the runners did
 * @param jobs rows of the ledger
 * @param dispatches rows of the ledger, by job and attempt
 * @param outcomes rows of the ledger, by job and attempt
 * @param faults what was done to the system
 * @param quiet how it was afterwards
 */
public record Records(
    List<Submission> submissions,
    List<Execution> executions,
    List<JobRow> jobs,
    List<Dispatch> dispatches,
    List<Outcome> outcomes,
    List<Fault> faults,
    Quiet quiet) {
  /** Copies the lists. */
  public Records {
    submissions = List.copyOf(submissions);
    executions = List.copyOf(executions);
    jobs = List.copyOf(jobs);
    dispatches = List.copyOf(dispatches);
    outcomes = List.copyOf(outcomes);
    faults = List.copyOf(faults);
  }

  /**
   * A line that a runner wrote.
   *
   * @param event {@code start}, {@code step} or {@code end}
   * @param job id
   * @param attempt number
   * @param intent name of the intent
   * @param kind kind of the job
   * @param step number of the part, from 0
   * @param pid of the runner
   * @param millis since the epoch
   */
  public record Execution(
      String event,
      long job,
      int attempt,
      String intent,
      String kind,
      int step,
      long pid,
      long millis) {}

  /**
   * A job of the ledger.
   *
   * @param id a day in the bits from 48, an incarnation in those from 28, a sequence below
   */
  public record JobRow(long id, String kind, String payload, double millis) {
    private static final int SEQUENCE_BITS = 28;
    private static final long INCARNATION = (1L << 20) - 1;

    /** Name of the intent that it stands for. */
    public String intent() {
      return payload.replaceFirst("^intent=", "").replaceFirst(";.*", "");
    }

    /** Incarnation of the server that took it. */
    public long incarnation() {
      return id >> SEQUENCE_BITS & INCARNATION;
    }
  }

  /** A started attempt. */
  public record Dispatch(
      long job, int attempt, String token, String worker, long incarnation, double millis) {}

  /**
   * An ended attempt.
   *
   * @param token of the worker that said so; empty when the server did
   * @param result hash of the result; empty when there is none
   */
  public record Outcome(
      long job,
      int attempt,
      String ending,
      @com.google.gson.annotations.SerializedName("final") boolean last,
      String token,
      String worker,
      String cause,
      String reason,
      String result,
      double millis) {}

  /**
   * The system after the run.
   *
   * @param faultsEndMillis when the last fault was undone
   * @param quietMillis when no job was unfinished any more, or the wait for it was over
   * @param unfinished jobs that were not
   * @param statementsPerSecond of all servers together, with nothing to do
   * @param notifications sent by Postgres in that time
   * @param servers how many there are
   * @param runners how many the workers keep together
   * @param leftOvers files and processes that should be gone
   */
  public record Quiet(
      long faultsEndMillis,
      long quietMillis,
      long unfinished,
      double statementsPerSecond,
      long notifications,
      int servers,
      int runners,
      List<String> leftOvers) {
    /** Copies the list. */
    public Quiet {
      leftOvers = List.copyOf(leftOvers);
    }
  }

  /** Reads a folder of records. */
  public static Records read(Path folder) throws IOException {
    Gson gson = new Gson();
    List<Execution> executions = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("traces"))) {
      for (Path file : files.sorted().toList()) {
        executions.addAll(lines(gson, file, Execution.class));
      }
    }
    return new Records(
        lines(gson, folder.resolve("history.jsonl"), Submission.class),
        executions,
        lines(gson, folder.resolve("job.jsonl"), JobRow.class),
        lines(gson, folder.resolve("dispatch.jsonl"), Dispatch.class),
        lines(gson, folder.resolve("outcome.jsonl"), Outcome.class),
        lines(gson, folder.resolve("faults.jsonl"), Fault.class),
        gson.fromJson(Files.readString(folder.resolve("quiet.json")), Quiet.class));
  }

  private static <T> List<T> lines(Gson gson, Path file, Class<T> type) throws IOException {
    List<T> read = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      read.add(gson.fromJson(line, type));
    }
    return read;
  }
}
