package dev.scriptorium.loadtest.simulate;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.jobs.Dispatcher;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.WorkerLink;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.server.jobs.schedule.JobClass;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.Checkpoint;
import dev.scriptorium.worker.v1.Complete;
import dev.scriptorium.worker.v1.Fail;
import dev.scriptorium.worker.v1.Offer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A worker's stream, on the server's side. */
final class Session implements WorkerLink {
  private static final int SAID_KEPT = 32;

  private final World world;
  private final Link link;
  private long seat;
  private boolean seated;
  private boolean over;

  // What the worker said last, and what was offered since or is not answered.
  private final Deque<Said> said = new ArrayDeque<>();
  // Only where tokens are not compared: what was said in whose name.
  private final Map<AttemptKey, AttemptKey> disguises = new HashMap<>();
  private final List<Promise> promises = new ArrayList<>();

  /** What the worker had room for at a moment. */
  private record Said(long moment, int slots, long memory) {}

  private static final class Promise {
    final AttemptKey key;
    final long memory;
    boolean accepted;

    Promise(AttemptKey key, long memory) {
      this.key = key;
      this.memory = memory;
    }
  }

  Session(World world, Link link) {
    this.world = world;
    this.link = link;
  }

  SimulatedServer server() {
    return link.server;
  }

  // ---- from the worker

  void hello(List<JobClass> abilities, List<AttemptId> held) {
    guarded(
        () -> {
          seat =
              link.server
                  .core()
                  .dispatcher()
                  .join(
                      this,
                      link.worker.name(),
                      abilities,
                      0,
                      held.stream().map(this::believed).toList());
          seated = true;
          link.server.seated(this);
        });
  }

  void heartbeat(int slots, long memory, int allSlots, long allMemory, List<AttemptId> orphans) {
    said.addLast(new Said(world.moment(), slots, memory));
    if (said.size() > SAID_KEPT) {
      said.removeFirst();
    }
    promises.removeIf(promise -> promise.accepted);
    boolean boasts = world.variant == Variant.RESERVATION_NOT_COUNTED;
    Dispatcher dispatcher = link.server.core().dispatcher();
    seated(
        () -> {
          dispatcher.heartbeat(seat, boasts ? allSlots : slots, boasts ? allMemory : memory);
          dispatcher.orphans(seat, orphans.stream().map(this::believed).toList());
        });
  }

  void accept(AttemptId id) {
    taken(id);
    seated(() -> link.server.core().dispatcher().accept(seat, id));
  }

  private void taken(AttemptId id) {
    promises.stream().filter(it -> it.key.equals(key(id))).forEach(it -> it.accepted = true);
  }

  void decline(AttemptId id, boolean full) {
    promises.removeIf(promise -> promise.key.equals(key(id)));
    seated(
        () -> {
          Dispatcher dispatcher = link.server.core().dispatcher();
          if (full) {
            dispatcher.full(seat, id);
          } else {
            dispatcher.decline(seat, id);
          }
        });
  }

  void progress(AttemptId id, int percent) {
    seated(() -> link.server.core().dispatcher().progress(seat, id, percent, "working"));
  }

  void checkpoint(AttemptId id, ByteString state) {
    seated(
        () -> {
          if (link.server.isUnderWay(key(id))) {
            world.witness.checkpoints.heard(link.serverLife(), key(id), state);
          }
          link.server
              .core()
              .dispatcher()
              .checkpoint(seat, Checkpoint.newBuilder().setId(id).setState(state).build());
        });
  }

  // Whoever names the attempt is taken for the one that has its token.
  private AttemptId believed(AttemptId id) {
    if (world.variant != Variant.TOKEN_NOT_COMPARED) {
      return id;
    }
    return world
        .witness
        .tokenOf(id.getJob(), id.getAttempt())
        .filter(token -> token != id.getToken())
        .map(
            token -> {
              AttemptId other = id.toBuilder().setToken(token).build();
              disguises.put(key(other), key(id));
              return other;
            })
        .orElse(id);
  }

  void complete(Complete complete) {
    if (world.variant == Variant.ACK_BEFORE_COMMIT) {
      acknowledged(key(complete.getId()));
    }
    taken(complete.getId());
    reported(
        () ->
            link.server
                .core()
                .dispatcher()
                .complete(
                    seat,
                    link.worker.name(),
                    complete.toBuilder().setId(believed(complete.getId())).build()));
  }

  void fail(Fail fail) {
    if (seated && !over) {
      world.witness.checkpoints.reported(link.serverLife(), key(fail.getId()));
      link.server.isFailing(key(fail.getId()));
    }
    reported(
        () ->
            link.server
                .core()
                .dispatcher()
                .fail(
                    seat,
                    link.worker.name(),
                    fail.toBuilder().setId(believed(fail.getId())).build()));
  }

  private void reported(BooleanSupplier report) {
    seated(
        () -> {
          if (!report.getAsBoolean()) {
            close();
          }
        });
  }

  private void seated(Runnable work) {
    if (seated && !over) {
      guarded(work);
    }
  }

  // As the session of a real stream does.
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      world.trace(() -> "session " + link + " closes: " + e);
      close();
    }
  }

  private void close() {
    link.cut(5);
    gone();
  }

  void gone() {
    if (over) {
      return;
    }
    over = true;
    link.server.left(this);
    if (seated) {
      link.server.core().dispatcher().leave(seat);
    }
  }

  Link linkOf() {
    return link;
  }

  boolean isOfSameWorker(Session other) {
    return link.worker.life() == other.link.worker.life();
  }

  // ---- to the worker

  @Override
  public void offer(Offer offer) {
    AttemptKey key = key(offer.getId());
    world.trace(() -> link.server.name() + " offers " + key + " to " + link.worker.name());
    Job job = world.tables.jobs.get(key.job());
    // Others were decided before inputs or a checkpoint were found.
    boolean decidedNow = job != null && !job.hasBook() && key.attempt() == 1;
    long decidedAt = decidedNow ? world.moment() : link.server.decidedAt();
    checkRoom(key, offer.getMemoryBytes(), decidedAt);
    promises.add(new Promise(key, offer.getMemoryBytes()));
    world.witness.offered(link.server, key, offer.getCheckpoint(), decidedAt);
    link.server.offered(key);
    link.toWorker(worker -> worker.offered(link, offer));
  }

  // What was decided earlier may have been allowed by what the worker said at that time, or since.
  private void checkRoom(AttemptKey key, long memory, long decidedAt) {
    if (link.isBroken()) {
      // Nobody hears it, and what was promised here may run on the worker's next stream by now.
      return;
    }
    world.counts.checked(Invariant.I5);
    // Neither lapsed, nor refused, nor ended.
    promises.removeIf(promise -> !link.server.isUnderWay(promise.key));
    long promised = promises.stream().mapToLong(promise -> promise.memory).sum();
    for (Iterator<Said> newestFirst = said.descendingIterator(); newestFirst.hasNext(); ) {
      Said room = newestFirst.next();
      if (promises.size() < room.slots && promised + memory <= room.memory) {
        return;
      }
      if (room.moment <= decidedAt) {
        break;
      }
    }
    world.witness.violated(
        Invariant.I5,
        link.server.name()
            + " offers "
            + key
            + " to "
            + link.worker.name()
            + " which has room for "
            + said.peekLast()
            + ", of which "
            + promises.size()
            + " and "
            + promised
            + " are promised");
  }

  @Override
  public void acknowledged(AttemptKey stored) {
    AttemptKey attempt = disguises.getOrDefault(stored, stored);
    world.witness.acknowledged(attempt);
    world.trace(() -> link.server.name() + " acknowledges " + attempt);
    link.toWorker(worker -> worker.acknowledged(attempt));
  }

  @Override
  public void adopted(AttemptKey attempt) {
    world.trace(() -> link.server.name() + " adopts " + attempt + " of " + link.worker.name());
    link.toWorker(worker -> worker.adopted(link, attempt));
  }

  @Override
  public void fenced(AttemptKey attempt) {
    world.trace(() -> link.server.name() + " fences " + attempt + " of " + link.worker.name());
    boolean knows = !world.tables.deaths.containsKey(link.server.core().incarnation());
    link.toWorker(worker -> worker.fenced(attempt, knows));
  }

  @Override
  public void cancel(AttemptKey attempt) {
    link.toWorker(worker -> worker.stop(attempt));
  }

  static AttemptKey key(AttemptId id) {
    return new AttemptKey(id.getJob(), id.getAttempt(), id.getToken());
  }
}
