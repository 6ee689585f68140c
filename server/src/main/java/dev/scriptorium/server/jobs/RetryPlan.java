package dev.scriptorium.server.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which jobs have to be done again so that one of them can: the job itself, those that fell because
 * of it, and whatever else those had waited for in vain.
 *
 * @param replaced the jobs to do again, oldest first
 * @param replacements for each of them the new job
 */
record RetryPlan(List<Job> replaced, List<NewJob> replacements) {

  /** How a job of the book has ended. */
  enum Fate {
    /** It has not, or it succeeded, or a later job has taken its place. */
    FINE,
    /** It failed, was cancelled or quarantined. */
    FAILED,
    /** It failed because a job it waited for did. */
    FELL
  }

  /**
   * Makes the plan.
   *
   * @param root the job that is asked for
   * @param book every job of its book, oldest first
   * @param fates for every job of the book that is not FINE
   */
  static RetryPlan of(Job root, List<Job> book, Map<Long, Fate> fates) {
    Set<Long> chosen = new TreeSet<>(Set.of(root.id()));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Job job : book) {
        grown |= fellWith(job, chosen, fates) && chosen.add(job.id());
        if (chosen.contains(job.id())) {
          grown |= chosen.addAll(failed(job.after(), fates));
        }
      }
    }
    List<Job> replaced = book.stream().filter(job -> chosen.contains(job.id())).toList();
    return new RetryPlan(replaced, replacements(replaced));
  }

  private static boolean fellWith(Job job, Set<Long> chosen, Map<Long, Fate> fates) {
    return fates.get(job.id()) == Fate.FELL && job.after().stream().anyMatch(chosen::contains);
  }

  private static List<Long> failed(List<Long> jobs, Map<Long, Fate> fates) {
    return jobs.stream().filter(id -> fates.getOrDefault(id, Fate.FINE) != Fate.FINE).toList();
  }

  private static List<NewJob> replacements(List<Job> replaced) {
    Map<Long, Long> references = new HashMap<>();
    List<NewJob> jobs = new ArrayList<>();
    for (Job job : replaced) {
      references.put(job.id(), -(references.size() + 1L));
    }
    for (Job job : replaced) {
      jobs.add(
          new NewJob(
              job.owner(),
              job.book(),
              job.kind(),
              job.mediaType(),
              job.tier(),
              job.firstChapter(),
              job.lastChapter(),
              job.after().stream().map(id -> references.getOrDefault(id, id)).toList(),
              job.terms()));
    }
    return jobs;
  }
}
