package dev.scriptorium.server.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Jobs to be added without those that are there already by their unique keys. */
final class UniqueJobs {
  private final List<NewJob> fresh = new ArrayList<>();

  // For every job: the id of the one that is there, or -n for the n-th fresh one.
  private final List<Long> places = new ArrayList<>();

  /**
   * @param existing ids of unfinished jobs, by their keys
   */
  UniqueJobs(List<NewJob> jobs, Map<OwnedKey, Long> existing) {
    Map<OwnedKey, Long> known = new HashMap<>(existing);
    for (NewJob job : jobs) {
      OwnedKey key = new OwnedKey(job.owner(), job.terms().uniqueKey());
      Long place = key.key().isEmpty() ? null : known.get(key);
      if (place == null) {
        fresh.add(moved(job));
        place = (long) -fresh.size();
        if (!key.key().isEmpty()) {
          known.put(key, place);
        }
      }
      places.add(place);
    }
  }

  static Set<OwnedKey> keys(List<NewJob> jobs) {
    return jobs.stream()
        .filter(job -> !job.terms().uniqueKey().isEmpty())
        .map(job -> new OwnedKey(job.owner(), job.terms().uniqueKey()))
        .collect(Collectors.toSet());
  }

  // What waited for the n-th job waits for what has taken its place.
  private NewJob moved(NewJob job) {
    List<Long> after =
        job.after().stream().map(ref -> ref > 0 ? ref : places.get((int) -ref - 1)).toList();
    return job.withAfter(after);
  }

  /** Those to be added. */
  List<NewJob> fresh() {
    return List.copyOf(fresh);
  }

  /** The ids of all jobs, when the fresh ones have theirs. */
  List<Long> ids(List<Job> added) {
    return places.stream()
        .map(place -> place > 0 ? place : (Long) added.get((int) -place - 1).id())
        .toList();
  }

  /** The keys of added jobs, with their ids. */
  static Map<OwnedKey, Long> reserved(List<Job> added) {
    Map<OwnedKey, Long> reserved = new LinkedHashMap<>();
    for (Job job : added) {
      if (!job.terms().uniqueKey().isEmpty()) {
        reserved.put(new OwnedKey(job.owner(), job.terms().uniqueKey()), job.id());
      }
    }
    return reserved;
  }

  /** Somebody else has added a job with one of the keys meanwhile. */
  static final class TakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TakenException() {
      super("a job with the same unique key was added at the same time");
    }
  }
}
