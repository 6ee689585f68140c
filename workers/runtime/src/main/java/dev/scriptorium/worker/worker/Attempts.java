package dev.scriptorium.worker.worker;

import dev.scriptorium.worker.pool.RunnerNeeds;
import dev.scriptorium.worker.pool.RunnerPool;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.Offer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts that this worker holds: those it runs, and those whose end nobody has acknowledged.
 * Confined to the worker's loop.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final Duration REPEAT = Duration.ofSeconds(5);
  private static final Duration ADOPTION = Duration.ofSeconds(5);
  private static final Duration KEPT_OVER_DEADLINE = Duration.ofMinutes(10);

  /** Most ended attempts that are kept until somebody acknowledges them. */
  static final int MOST_UNACKNOWLEDGED = 1000;

  private final RunnerPool pool;
  private final Servers servers;
  private final Attempt.Host host;
  private final Path folder;
  private final MemoryPlan memory;
  private final Precedence precedence;
  private final Map<AttemptKey, Attempt> all = new LinkedHashMap<>();
  private long directories;

  /**
   * @param folder where attempts get folders of their own
   */
  Attempts(
      RunnerPool pool,
      Servers servers,
      Attempt.Host host,
      Path folder,
      MemoryPlan memory,
      Precedence precedence) {
    this.pool = pool;
    this.servers = servers;
    this.host = host;
    this.folder = folder;
    this.memory = memory;
    this.precedence = precedence;
  }

  /**
   * Takes an offer, or says why not.
   *
   * @return true when there was no room, so that the server has to hear what room there is
   */
  boolean offered(ServerLink link, long incarnation, Offer offer, boolean draining) {
    AttemptKey key = AttemptKey.of(offer.getId());
    if (all.containsKey(key)) {
      return false;
    }
    Optional<String> obstacle = draining ? Optional.of("draining") : obstacle(link, offer);
    if (obstacle.isPresent()) {
      link.send(Reports.decline(offer, obstacle.get()));
      return obstacle.get().equals(Reports.FULL);
    }
    Optional<RunnerNeeds> needs =
        memory.admit(offer.getMemoryBytes(), offer.getSolo(), promisedBytes());
    if (needs.isEmpty()) {
      link.send(Reports.decline(offer, "memory"));
      return false;
    }
    directories++;
    Path home = folder.resolve("%d-%d-%d".formatted(key.job(), key.attempt(), directories));
    Attempt attempt = new Attempt(offer, needs.get(), link, incarnation, home, host);
    all.put(key, attempt);
    attempt.accept();
    return false;
  }

  private Optional<String> obstacle(ServerLink link, Offer offer) {
    boolean known =
        pool.capabilities().stream()
            .anyMatch(
                c ->
                    c.getKind().equals(offer.getKind())
                        && (c.getMediaType().equals("*")
                            || c.getMediaType().equals(offer.getMediaType())));
    if (!known) {
      return Optional.of("unknown kind");
    }
    return freeSlots(link) == 0 ? Optional.of(Reports.FULL) : Optional.empty();
  }

  /** Offers of a server that would be taken now: what others come first for is not counted. */
  int freeSlots(ServerLink link) {
    return Math.max(0, pool.freeSlots(waiting()) - precedence.before(link));
  }

  /** Memory that no attempt was promised. */
  long freeMemoryBytes() {
    return Math.max(0, memory.budget().bytes() - promisedBytes());
  }

  private long promisedBytes() {
    return all.values().stream()
        .filter(Attempts::takesMemory)
        .mapToLong(attempt -> attempt.needs().reservedBytes())
        .sum();
  }

  private static boolean takesMemory(Attempt attempt) {
    return switch (attempt.phase()) {
      case FETCHING, WAITING, RUNNING -> true;
      case STORING, REPORTED, OVER -> false;
    };
  }

  /** Attempts that will want a runner. */
  int waiting() {
    return (int)
        all.values().stream()
            .filter(
                attempt ->
                    attempt.phase() == Attempt.Phase.FETCHING
                        || attempt.phase() == Attempt.Phase.WAITING)
            .count();
  }

  /** Gives waiting attempts to idle runners, in the order in which they were accepted. */
  void schedule() {
    for (Attempt attempt : List.copyOf(all.values())) {
      if (attempt.phase() == Attempt.Phase.WAITING) {
        pool.place(attempt, attempt.needs(), waiting()).ifPresent(runner -> begin(attempt, runner));
      }
    }
  }

  private void begin(Attempt attempt, Path runner) {
    try {
      pool.begin(attempt.startIn(runner), attempt.stall(), attempt, attempt.needs());
    } catch (IOException e) {
      LOG.error("cannot give job {} to a runner", attempt.id().getJob(), e);
      attempt.breakOff("the worker cannot move its files");
    }
  }

  /** Those that no connected server speaks for. */
  List<AttemptId> orphans() {
    return orphaned().map(Attempt::id).toList();
  }

  private Stream<Attempt> orphaned() {
    return all.values().stream().filter(Attempt::isOrphan);
  }

  /** A server is connected again: what belongs to it goes on. */
  void serverIsBack(long incarnation) {
    List.copyOf(all.values()).stream()
        .filter(attempt -> attempt.server().filter(l -> l.leadsTo(incarnation)).isPresent())
        .forEach(Attempt::serverIsBack);
  }

  /** A server says that an attempt is its own from now on. */
  void adopted(ServerLink link, long incarnation, AttemptId id) {
    Attempt attempt = all.get(AttemptKey.of(id));
    if (attempt != null) {
      attempt.adopted(link, incarnation);
    }
  }

  /** A server says that an attempt has ended, or that nothing of it is wanted. */
  void forget(AttemptId id) {
    Attempt attempt = all.get(AttemptKey.of(id));
    if (attempt != null) {
      pool.cancel(attempt);
      attempt.forget();
    }
  }

  /** An attempt has changed its phase. */
  void moved(Attempt attempt) {
    if (attempt.phase() == Attempt.Phase.OVER) {
      all.remove(AttemptKey.of(attempt.id()));
    }
  }

  /** Looks after everything; to be called several times a second. */
  void tick() {
    List<Attempt> held = List.copyOf(all.values());
    held.stream()
        .filter(Attempt::overdue)
        .forEach(attempt -> attempt.release("no runner was free in time"));
    held.forEach(attempt -> attempt.repeatReportAfter(REPEAT));
    orphaned().toList().forEach(this::presumeHeir);
    dropForgotten();
  }

  /**
   * A server that has started anew at the same place is most likely its own heir; it has had time
   * to say so, or that it is not.
   */
  private void presumeHeir(Attempt orphan) {
    servers
        .at(orphan.address())
        .filter(link -> link.upFor(host.nanoTime()).compareTo(ADOPTION) > 0)
        .ifPresent(
            link ->
                Optional.ofNullable(link.welcome())
                    .ifPresent(welcome -> orphan.adopted(link, welcome.getIncarnation())));
  }

  private void dropForgotten() {
    List<Attempt> ended = all.values().stream().filter(a -> !takesMemory(a)).toList();
    int tooMany = ended.size() - MOST_UNACKNOWLEDGED;
    for (int i = 0; i < ended.size(); i++) {
      Attempt attempt = ended.get(i);
      Duration kept =
          Duration.ofMillis(attempt.offer().getDeadlineMillis()).plus(KEPT_OVER_DEADLINE);
      if (i < tooMany || attempt.age().compareTo(kept) > 0) {
        LOG.warn(
            "attempt {} of job {} is dropped: nobody has acknowledged its end for {} s",
            attempt.id().getAttempt(),
            attempt.id().getJob(),
            attempt.age().toSeconds());
        attempt.forget();
      }
    }
  }

  /** Hands back all whose end was not reported. */
  void release(String why) {
    for (Attempt attempt : List.copyOf(all.values())) {
      attempt.release(why);
      pool.cancel(attempt);
    }
  }

  /** True when none is held. */
  boolean isEmpty() {
    return all.isEmpty();
  }

  /** How many are held. */
  int size() {
    return all.size();
  }
}
