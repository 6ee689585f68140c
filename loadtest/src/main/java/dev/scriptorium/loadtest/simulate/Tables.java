package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.AttemptRef;
import dev.scriptorium.server.jobs.Dispatch;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The committed rows. */
final class Tables {
  final TreeMap<Long, Server> servers = new TreeMap<>();
  final Map<Long, Death> deaths = new HashMap<>();
  final Set<Long> settled = new HashSet<>();
  final TreeMap<Long, Job> jobs = new TreeMap<>();
  final Map<Row.DispatchKey, Started> dispatches = new HashMap<>();
  final Map<AttemptRef, Outcome> outcomes = new HashMap<>();
  final Map<Long, Integer> effects = new HashMap<>();
  final Map<Long, Integer> failures = new HashMap<>();
  final Map<Long, List<Row.CheckpointRow>> checkpoints = new HashMap<>();
  final Map<String, List<Long>> submissions = new HashMap<>();

  /** A registered start of a server. */
  static final class Server {
    final String name;
    long heartbeatAt;

    Server(String name, long heartbeatAt) {
      this.name = name;
      this.heartbeatAt = heartbeatAt;
    }
  }

  /**
   * An heir was named.
   *
   * @param at virtual time of the commit
   */
  record Death(long heir, long at) {}

  /**
   * An attempt was started.
   *
   * @param at virtual time of the commit
   */
  record Started(Dispatch dispatch, long incarnation, long at) {}

  void add(Row row, long now) {
    switch (row) {
      case Row.ServerRow(long incarnation, String name) ->
          servers.put(incarnation, new Server(name, now));
      case Row.DeathRow(long incarnation, long heir) ->
          deaths.put(incarnation, new Death(heir, now));
      case Row.SettledRow(long incarnation) -> settled.add(incarnation);
      case Row.JobRow(Job job) -> jobs.put(job.id(), job);
      case Row.DispatchRow start ->
          dispatches.put(
              (Row.DispatchKey) start.key(),
              new Started(start.dispatch(), start.incarnation(), now));
      case Row.OutcomeRow end -> outcomes.put(end.key(), end.outcome());
      case Row.EffectRow(long job, boolean succeeded) ->
          (succeeded ? effects : failures).merge(job, 1, Integer::sum);
      case Row.CheckpointRow saved ->
          checkpoints.computeIfAbsent(saved.attempt().job(), job -> new ArrayList<>()).add(saved);
      case Row.SubmissionRow(String request, List<Long> ids) -> submissions.put(request, ids);
    }
  }

  /** Undoes what was committed without waiting for the disk. */
  void vanish(Row row) {
    if (row instanceof Row.DispatchRow) {
      dispatches.remove((Row.DispatchKey) row.key());
    } else if (row instanceof Row.SettledRow(long incarnation)) {
      settled.remove(incarnation);
    } else if (row instanceof Row.CheckpointRow saved) {
      checkpoints.getOrDefault(saved.attempt().job(), new ArrayList<>()).remove(saved);
    } else {
      throw new IllegalStateException("committed without waiting for the disk: " + row);
    }
  }

  boolean has(Row row) {
    return switch (row) {
      case Row.ServerRow server -> servers.containsKey(server.incarnation());
      case Row.DeathRow death -> deaths.containsKey(death.incarnation());
      case Row.SettledRow(long incarnation) -> settled.contains(incarnation);
      case Row.JobRow(Job job) -> jobs.containsKey(job.id());
      case Row.DispatchRow start -> dispatches.containsKey((Row.DispatchKey) start.key());
      case Row.OutcomeRow end -> outcomes.containsKey(end.key());
      case Row.EffectRow effect -> false;
      case Row.CheckpointRow saved ->
          checkpoints.getOrDefault(saved.attempt().job(), List.of()).stream()
              .anyMatch(other -> other.key().equals(saved.key()));
      case Row.SubmissionRow submission -> submissions.containsKey(submission.request());
    };
  }

  @Nullable Outcome outcome(long job, int attempt) {
    return outcomes.get(new AttemptRef(job, attempt));
  }

  /** Ended attempts of a job, from the first. */
  List<Outcome> ended(long job) {
    List<Outcome> ended = new ArrayList<>();
    for (Outcome next = outcome(job, 1); next != null; next = outcome(job, ended.size() + 1)) {
      ended.add(next);
    }
    return ended;
  }

  Optional<Outcome> last(long job) {
    List<Outcome> ended = ended(job);
    return ended.isEmpty() || !ended.getLast().decision().last()
        ? Optional.empty()
        : Optional.of(ended.getLast());
  }

  /** Who has to finish an incarnation's jobs. */
  long ownerOf(long incarnation) {
    long owner = incarnation;
    for (Death death = deaths.get(owner); death != null; death = deaths.get(owner)) {
      owner = death.heir;
    }
    return owner;
  }
}
