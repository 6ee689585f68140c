package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A kind of work that is in memory: who can do it and what was learned of it. */
final class Work {
  final JobClass name;
  final Kind kind;
  final WorkStats stats;

  /** Abilities of connected workers that cover it. */
  final List<Skill> skills = new ArrayList<>(2);

  /** Its jobs, by what memory they take. */
  final Map<Long, SizeClass> sizes = new HashMap<>();

  Work(JobClass name, Kind kind, WorkStats stats) {
    this.name = name;
    this.kind = kind;
    this.stats = stats;
  }

  boolean canBeDoneBy(Seat seat) {
    for (int i = 0; i < skills.size(); i++) {
      if (skills.get(i) == seat.skill) {
        return true;
      }
    }
    return false;
  }

  /** Memory of the largest connected worker that can do it; 0 when none is known. */
  long largest() {
    long largest = 0;
    for (int i = 0; i < skills.size(); i++) {
      largest = Math.max(largest, skills.get(i).largest);
    }
    return largest;
  }
}
