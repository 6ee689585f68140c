package dev.scriptorium.loadtest.chaos.check;

import dev.scriptorium.loadtest.chaos.check.Records.Execution;
import dev.scriptorium.loadtest.chaos.check.Records.JobRow;
import dev.scriptorium.loadtest.chaos.check.Records.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * I8 and I12: jobs of one key on one server run one at a time, in the order they came. Looked at
 * are executions that were finished, by the runners' own clock; and of attempts that nobody lost.
 *
 * <p>A job came before another of its request that stands behind it, and before those that were
 * asked for after it was acknowledged. Which of two requests at a time is first nobody has
 * promised: numbers are given before the commit.
 */
final class KeyCheck {
  private final Records records;
  private final Map<String, Intent> intents;
  private final Map<Long, Place> places;
  private final List<Violation> violations = new ArrayList<>();

  KeyCheck(Records records, Map<String, Intent> intents) {
    this.records = records;
    this.intents = intents;
    places = places(records.submissions());
  }

  List<Violation> run() {
    Map<String, List<JobRow>> byKey = new TreeMap<>();
    for (JobRow job : records.jobs()) {
      Intent intent = intents.get(job.intent());
      if (intent != null && !intent.key().isEmpty()) {
        byKey
            .computeIfAbsent(intent.key() + " of " + job.incarnation(), _ -> new ArrayList<>())
            .add(job);
      }
    }
    Map<Long, Span> spans = spans();
    byKey.forEach((key, jobs) -> check(key, jobs, spans));
    return violations;
  }

  /** One execution from its start to its end. */
  private record Span(long job, long start, long end) {}

  private void check(String key, List<JobRow> jobs, Map<Long, Span> all) {
    List<Span> spans =
        jobs.stream()
            .filter(job -> all.containsKey(job.id()))
            .map(job -> all.get(job.id()))
            .sorted(Comparator.comparingLong(Span::start))
            .toList();
    for (int i = 1; i < spans.size(); i++) {
      Span before = spans.get(i - 1);
      Span after = spans.get(i);
      if (after.start() < before.end()) {
        broken("I8", key, before, after, "ran at once");
      }
      spans.subList(0, i).stream()
          .filter(earlier -> came(after, earlier))
          .findFirst()
          .ifPresent(earlier -> broken("I12", key, earlier, after, "ran in the wrong order"));
    }
  }

  /** True when one came before the other. */
  private boolean came(Span one, Span other) {
    Place first = places.get(one.job());
    Place second = places.get(other.job());
    return first != null
        && second != null
        && (first.request().equals(second.request())
            ? one.job() < other.job()
            : first.toldMillis() < second.askedMillis());
  }

  /** Where a job stands among those that clients wanted. */
  private record Place(String request, long askedMillis, long toldMillis) {}

  private static Map<Long, Place> places(List<Submission> submissions) {
    Map<String, Long> asked = new HashMap<>();
    Map<Long, Place> places = new HashMap<>();
    for (Submission line : submissions) {
      if (line.event().equals("intended")) {
        asked.put(line.request(), line.millis());
      } else {
        long since = asked.getOrDefault(line.request(), 0L);
        line.jobs()
            .forEach(
                job -> places.putIfAbsent(job, new Place(line.request(), since, line.millis())));
      }
    }
    return places;
  }

  // The attempt that succeeded, when none before it has failed: a retry may come later than others.
  // An offer that was taken back may arrive when all is over, and is run until its fence arrives:
  // what begins after the outcome is not the execution that counted.
  private Map<Long, Span> spans() {
    Map<Long, Double> first = new HashMap<>();
    for (Outcome outcome : records.outcomes()) {
      if (outcome.attempt() == 1 && outcome.ending().equals("SUCCEEDED")) {
        first.put(outcome.job(), outcome.millis());
      }
    }
    Map<Long, Long> starts = new HashMap<>();
    Map<Long, Span> spans = new HashMap<>();
    for (Execution execution : records.executions()) {
      long job = execution.job();
      boolean counted =
          execution.attempt() == 1 && execution.millis() <= first.getOrDefault(job, 0.0);
      if (!counted) {
        continue;
      }
      if (execution.event().equals("start")) {
        starts.put(job, execution.millis());
      } else if (execution.event().equals("end") && starts.containsKey(job)) {
        spans.put(job, new Span(job, starts.get(job), execution.millis()));
      }
    }
    return spans;
  }

  private void broken(String invariant, String key, Span before, Span after, String what) {
    violations.add(
        new Violation(
            invariant,
            "jobs %d and %d of key %s %s".formatted(before.job(), after.job(), key, what)));
  }
}
