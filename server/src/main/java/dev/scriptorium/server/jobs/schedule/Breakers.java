package dev.scriptorium.server.jobs.schedule;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Circuit breakers, one for each dependency that has failed lately. Three failures in a row open
 * one: jobs of the kinds that have named it wait. One job at a time tries whether it is back; the
 * first that succeeds closes it.
 */
final class Breakers {
  private static final int MOST = 1000;
  private static final long FIRST_PROBE = Micros.SECOND;
  private static final long LONGEST = 60 * Micros.SECOND;
  private static final long REMEMBERED = 600 * Micros.SECOND;

  private final LongSupplier random;
  private final Map<String, Breaker> byName = new TreeMap<>();

  Breakers(LongSupplier random) {
    this.random = random;
  }

  /** True when one more failure opens it, or it is open: nothing is gained by waiting longer. */
  boolean holdsBack(String dependency) {
    Breaker breaker = byName.get(dependency);
    return breaker != null && breaker.failures >= Breaker.OPENS_AT - 1;
  }

  /** An attempt was offered: those that are to be tried wait for how it goes. */
  void offered(Run run) {
    List<Breaker> named = run.task.kind().breakers;
    for (int i = 0; i < named.size(); i++) {
      Breaker breaker = named.get(i);
      if (breaker.state == BreakerStatus.State.OPEN) {
        breaker.state = BreakerStatus.State.PROBING;
        breaker.probe = run;
        run.probes = List.copyOf(named);
      }
    }
  }

  /** An attempt has ended, or its offer was withdrawn, without a word on any dependency. */
  void undecided(Run run, long now) {
    for (Breaker breaker : run.probes) {
      if (breaker.probe == run) {
        reopen(breaker, now);
      }
    }
  }

  // Its probe has told nothing: the next may follow at once.
  private static void reopen(Breaker breaker, long now) {
    breaker.state = BreakerStatus.State.OPEN;
    breaker.probe = null;
    breaker.probeAt = now;
  }

  /**
   * An attempt has succeeded.
   *
   * @return true when jobs may run that could not
   */
  boolean succeeded(Kind kind, @Nullable Run run) {
    boolean closed = false;
    for (int i = 0; i < kind.breakers.size(); i++) {
      Breaker breaker = kind.breakers.get(i);
      // What began before it opened proves nothing.
      if (breaker.state == BreakerStatus.State.CLOSED) {
        breaker.failures = 0;
      } else if (run != null && breaker.probe == run) {
        breaker.state = BreakerStatus.State.CLOSED;
        breaker.probe = null;
        breaker.failures = 0;
        breaker.failedProbes = 0;
        closed = true;
      }
    }
    return closed;
  }

  /** An attempt was handed back for a dependency. */
  void failed(String dependency, Kind kind, @Nullable Run run, long now) {
    Breaker breaker = byName.get(dependency);
    if (breaker == null) {
      if (byName.size() >= MOST) {
        return;
      }
      breaker = new Breaker(dependency);
      byName.put(dependency, breaker);
    }
    if (!kind.breakers.contains(breaker)) {
      kind.breakers.add(breaker);
      breaker.kinds.add(kind);
    }
    breaker.failures++;
    breaker.failedAt = now;
    if (run != null && breaker.probe == run) {
      breaker.failedProbes++;
      open(breaker, now);
    } else if (breaker.state == BreakerStatus.State.CLOSED
        && breaker.failures >= Breaker.OPENS_AT) {
      breaker.failedProbes = 0;
      open(breaker, now);
    }
  }

  private void open(Breaker breaker, long now) {
    long bound = Math.min(FIRST_PROBE << Math.min(breaker.failedProbes, 10), LONGEST);
    breaker.state = BreakerStatus.State.OPEN;
    breaker.probe = null;
    // Between half of it and all: servers that opened theirs together do not probe together.
    breaker.probeAt = now + bound - Math.floorMod(random.getAsLong() >> 1, bound / 2);
  }

  /** Forgets those that have long been well. */
  void forget(long now) {
    for (Iterator<Breaker> all = byName.values().iterator(); all.hasNext(); ) {
      Breaker breaker = all.next();
      if (breaker.state == BreakerStatus.State.CLOSED && now - breaker.failedAt > REMEMBERED) {
        breaker.kinds.forEach(kind -> kind.breakers.remove(breaker));
        all.remove();
      }
    }
  }

  /** When the next may be tried; {@link Run#NEVER} when none waits. */
  long nextProbe() {
    long next = Run.NEVER;
    for (Breaker breaker : byName.values()) {
      if (breaker.state == BreakerStatus.State.OPEN) {
        next = Math.min(next, breaker.probeAt);
      }
    }
    return next;
  }

  List<BreakerStatus> all() {
    return byName.values().stream().map(Breaker::status).toList();
  }
}
