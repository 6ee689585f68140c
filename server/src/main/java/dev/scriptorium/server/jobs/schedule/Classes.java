package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Kinds, kinds of work and sizes that jobs in memory have: one object each, so that jobs need only
 * point at theirs. What no job has any longer is forgotten before there are too many.
 */
final class Classes {
  private static final int SWEEP_AT = 1000;

  // So many steps between two powers of two: what is asked for is hardly exceeded.
  private static final int STEPS_BITS = 7;
  private static final long SMALLEST_STEP = 1 << 20;

  private final Learned learned;
  private final Map<String, Kind> kinds = new TreeMap<>();
  private final Map<JobClass, Work> works = new HashMap<>();
  private final List<Skill> skills = new ArrayList<>();
  private int sizes;
  private int sweepAt = SWEEP_AT;

  // Most jobs are of the same class as the one before.
  private @Nullable Work latest;

  Classes(Learned learned) {
    this.learned = learned;
  }

  Collection<Kind> kinds() {
    return kinds.values();
  }

  Kind kind(String name) {
    return kinds.computeIfAbsent(name, Kind::new);
  }

  @Nullable Work find(JobClass name) {
    return works.get(name);
  }

  private Work work(JobClass name) {
    Work work = latest;
    if (work == null || !work.name.equals(name)) {
      work = works.get(name);
      if (work == null) {
        work = add(name);
      }
      latest = work;
    }
    return work;
  }

  private Work add(JobClass name) {
    Work work = new Work(name, kind(name.kind()), learned.of(name));
    for (Skill skill : skills) {
      if (skill.covers(name)) {
        work.skills.add(skill);
      }
    }
    works.put(name, work);
    return work;
  }

  /** What an entry's job needs; the job counts for it. */
  SizeClass sizeOf(Entry entry) {
    int bucket = WorkStats.bucket(entry.inputBytes());
    return size(
        work(entry.work()), stepped(entry.memoryBytes()), bucket, entry.history().crashes() > 0);
  }

  /**
   * The class of a job that has ended a runner; the job counts for it and no longer for its own.
   */
  SizeClass crashed(SizeClass before) {
    before.jobs--;
    return size(before.work, before.floorBytes, before.bucket, true);
  }

  private SizeClass size(Work work, long floorBytes, int bucket, boolean crashed) {
    // The steps leave the lowest bits free.
    long key = floorBytes << 7 | (long) bucket << 1 | (crashed ? 1 : 0);
    SizeClass size =
        work.sizes.computeIfAbsent(
            key,
            (Long unknown) -> {
              sizes++;
              return new SizeClass(work, floorBytes, bucket, crashed);
            });
    size.jobs++;
    if (sizes > sweepAt) {
      sweep();
    }
    return size;
  }

  static long stepped(long bytes) {
    long step = Math.max(SMALLEST_STEP, Long.highestOneBit(Math.max(bytes, 1)) >> STEPS_BITS);
    return bytes <= 0 ? 0 : (bytes + step - 1) / step * step;
  }

  private void sweep() {
    latest = null;
    for (Iterator<Work> all = works.values().iterator(); all.hasNext(); ) {
      Work work = all.next();
      int before = work.sizes.size();
      work.sizes.values().removeIf(size -> size.jobs == 0);
      sizes -= before - work.sizes.size();
      if (work.sizes.isEmpty()) {
        all.remove();
      }
    }
    kinds.values().removeIf(Kind::isUnused);
    sweepAt = Math.max(SWEEP_AT, 2 * sizes);
  }

  /** The abilities of a worker that connects. */
  Skill join(List<JobClass> abilities) {
    for (Skill skill : skills) {
      if (skill.abilities.equals(abilities)) {
        skill.seats++;
        return skill;
      }
    }
    Skill skill = new Skill(abilities);
    skill.seats = 1;
    skills.add(skill);
    for (Work work : works.values()) {
      if (skill.covers(work.name)) {
        work.skills.add(skill);
      }
    }
    return skill;
  }

  /** A worker has gone. */
  void leave(Skill skill) {
    if (--skill.seats == 0) {
      skills.remove(skill);
      works.values().forEach(work -> work.skills.remove(skill));
    }
  }

  boolean anyCan(JobClass work) {
    for (Skill skill : skills) {
      if (skill.covers(work)) {
        return true;
      }
    }
    return false;
  }
}
