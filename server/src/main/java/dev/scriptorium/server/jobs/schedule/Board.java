package dev.scriptorium.server.jobs.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Everything that is remembered, and the moves of a job from one place to another. */
final class Board {
  final Patience patience;
  final TaskMap tasks = new TaskMap();
  final Dependencies dependencies = new Dependencies();
  final Learned learned = new Learned();
  final Classes classes = new Classes(learned);
  final Crew crew = new Crew(classes);
  final ReadyQueue ready = new ReadyQueue();
  final Delays delays = new Delays();
  final Keys keys = new Keys(task -> enqueue(task, false));
  final Watchlist watch;
  final Breakers breakers;
  final Backfill backfill = new Backfill(crew);
  private List<Effect> effects = new ArrayList<>();
  private long latestArrival = Long.MIN_VALUE;

  Board(Patience patience, LongSupplier random) {
    this.patience = patience;
    this.watch = new Watchlist(patience);
    this.breakers = new Breakers(random);
  }

  Task task(long job) {
    Task task = tasks.get(job);
    if (task == null) {
      throw new IllegalArgumentException("job " + job + " is not in memory");
    }
    return task;
  }

  /** True while an attempt is offered or runs. */
  boolean underWay(AttemptKey key) {
    Task task = tasks.get(key.job());
    return task != null
        && task.is(key)
        && (task.phase == Phase.OFFERED || task.phase == Phase.RUNNING);
  }

  // ---- what is to be done

  void effect(Effect effect) {
    effects.add(effect);
  }

  void changed(Task task) {
    effects.add(new Effect.Changed(task.standing()));
  }

  List<Effect> takeEffects() {
    if (effects.isEmpty()) {
      return List.of();
    }
    List<Effect> all = effects;
    effects = new ArrayList<>();
    return all;
  }

  // ---- jobs come, wait and go

  void enter(Task task) {
    tasks.put(task);
    dependencies.entered(task);
    task.kind().enter(task.phase);
  }

  void setPhase(Task task, Phase phase) {
    Kind kind = task.kind();
    boolean wasUnderWay = task.phase == Phase.OFFERED || task.phase == Phase.RUNNING;
    kind.leave(task.phase);
    task.phase = phase;
    kind.enter(phase);
    if (wasUnderWay && kind.limit.maxRunning() > 0) {
      crew.unstick();
    }
  }

  /** A job is there for good: it goes its way. */
  void commit(Task task, long now) {
    Run run = task.run;
    Key key = task.key;
    if (run != null) {
      if (key != null) {
        keys.force(task, key);
      }
      setPhase(task, Phase.RUNNING);
      watch.add(run);
      changed(task);
    } else if (task.doomed || task.unmet != null) {
      setPhase(task, Phase.BLOCKED);
      if (task.doomed) {
        watch.addDoomed(task);
      }
      changed(task);
    } else {
      if (key != null && task.history.attempts() > 0) {
        keys.resume(task, key);
      }
      park(task, task.at, now);
    }
  }

  /** Forgets a job that has ended. */
  void forget(Task task, long now) {
    remove(task);
    if (task.kind().limit.maxRunning() > 0) {
      crew.unstick();
    }
    Key key = task.key;
    if (key != null) {
      keys.exit(task, key);
      keys.release(key, now);
    }
  }

  /** Forgets a job that was never there. */
  void forgetUncommitted(Task task) {
    remove(task);
    Key key = task.key;
    if (key != null) {
      keys.exit(task, key);
    }
    dependencies.ended(task);
  }

  private void remove(Task task) {
    tasks.remove(task.id);
    dependencies.remove(task);
    task.kind().leave(task.phase);
    task.size.jobs--;
  }

  /** What was learned of a kind of work. */
  WorkStats stats(JobClass name) {
    Work work = classes.find(name);
    return work == null ? learned.of(name) : work.stats;
  }

  /** Lets a job wait for a time, then for a worker. */
  void park(Task task, long from, long now) {
    if (from > now) {
      task.at = from;
      setPhase(task, Phase.DELAYED);
      delays.add(task);
    } else {
      arrive(task, now);
    }
    changed(task);
  }

  /** Lets a job wait where it stood before it was begun: before all others of its owner. */
  void putBack(Task task, long now) {
    if (task.arrival == 0) {
      arrive(task, now);
    } else {
      await(task, true, now);
    }
    changed(task);
  }

  private void arrive(Task task, long now) {
    // No two are equal, and a clock that is set back changes no order.
    latestArrival = Math.max(now, latestArrival + 1);
    task.arrival = latestArrival;
    await(task, false, now);
  }

  private void await(Task task, boolean first, long now) {
    setPhase(task, Phase.WAITING);
    Key key = task.key;
    if (key == null) {
      enqueue(task, first);
    } else {
      keys.arrive(task, key, now);
    }
  }

  private void enqueue(Task task, boolean first) {
    if (ready.add(task, first)) {
      crew.unstick();
    }
  }

  /** Takes a job out of wherever it waits. */
  void takeOut(Task task) {
    switch (task.phase) {
      case WAITING -> {
        Key key = task.key;
        if (key != null) {
          keys.taken(task, key);
        }
        ready.remove(task);
      }
      case DELAYED -> delays.remove(task);
      case BLOCKED -> watch.removeDoomed(task);
      case UNCOMMITTED, OFFERED, RUNNING -> {}
    }
  }

  /** Keeps a job back that its key let through before others turned out to run. */
  void holdBack(Task task, Key key) {
    takeOut(task);
    keys.holdBack(task, key);
  }

  // ---- attempts

  /** A worker that was asked has not taken an attempt: its job waits again. */
  void withdraw(Run run, long now) {
    Task task = run.task;
    leaveSeat(run);
    uncount(run);
    breakers.undecided(run, now);
    task.run = null;
    setPhase(task, Phase.WAITING);
    ready.refund(task, run.cost);
    Key key = task.key;
    if (key != null) {
      keys.returned(key);
    }
    if (ready.add(task, true)) {
      crew.unstick();
    }
  }

  /** An attempt has begun. */
  void begin(Run run, long now) {
    if (run.at != now) {
      // The minute counts from the start, not from the offer.
      uncount(run);
      run.at = now;
      count(run);
    }
    setPhase(run.task, Phase.RUNNING);
  }

  /** Counts a start against the limits that there are. */
  void count(Run run) {
    Kind kind = run.task.kind();
    if (kind.limit.startsPerMinute() > 0) {
      kind.starts.add(run.at);
      run.countedByKind = true;
    }
    Key key = run.task.key;
    if (key != null && key.limit.startsPerMinute() > 0) {
      key.starts.add(run.at);
      run.countedByKey = true;
    }
  }

  private static void uncount(Run run) {
    if (run.countedByKind) {
      run.task.kind().starts.remove(run.at);
      run.countedByKind = false;
    }
    Key key = run.task.key;
    if (key != null && run.countedByKey) {
      key.starts.remove(run.at);
      run.countedByKey = false;
    }
  }

  /** Nothing of an attempt is left with its worker; gives where it was. */
  @Nullable Seat leaveSeat(Run run) {
    watch.remove(run);
    Seat seat = run.seat;
    if (seat != null) {
      seat.release(run);
      crew.changed(seat);
      backfill.changed(seat);
    }
    return seat;
  }
}
