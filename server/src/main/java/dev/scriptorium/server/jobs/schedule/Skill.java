package dev.scriptorium.server.jobs.schedule;

import java.util.List;

/** Abilities that some connected workers have in common. */
final class Skill {
  final List<JobClass> abilities;

  /** How many workers have them. */
  int seats;

  /** Memory of the largest of those; 0 when none is known. */
  long largest;

  Skill(List<JobClass> abilities) {
    this.abilities = List.copyOf(abilities);
  }

  boolean covers(JobClass work) {
    for (JobClass ability : abilities) {
      if (ability.covers(work)) {
        return true;
      }
    }
    return false;
  }
}
