package dev.scriptorium.loadtest.simulate;

import com.google.protobuf.ByteString;
import dev.scriptorium.server.jobs.schedule.AttemptKey;
import dev.scriptorium.server.jobs.schedule.JobClass;
import dev.scriptorium.v1.Ending;
import dev.scriptorium.worker.v1.AttemptId;
import dev.scriptorium.worker.v1.BlobRef;
import dev.scriptorium.worker.v1.Complete;
import dev.scriptorium.worker.v1.Fail;
import dev.scriptorium.worker.v1.Offer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker with its runners, as the protocol wants it to be. */
final class SimulatedWorker {
  static final int SLOTS = 2;
  static final long MEMORY = 1000L << 20;

  private static final int PROGRESS = 200;
  private static final int REPEAT = 5000;
  private static final int PRESUMED_HEIR = 5000;
  private static final List<JobClass> ABILITIES = List.of(new JobClass("work", "*"));
  private static final BlobRef RESULT =
      BlobRef.newBuilder().setSha256(EmptyBlobs.HASH.hex()).build();

  private final String name;
  private final World world;
  private final List<SimulatedServer> servers;
  private final Map<SimulatedServer, Link> links = new LinkedHashMap<>();
  private final Map<AttemptKey, Work> works = new LinkedHashMap<>();
  private final Set<SimulatedServer> cutOff = new HashSet<>();
  private Life life = new Life();
  private Strand strand = new Strand(life);
  private int recycling;

  /** An attempt that it runs, or whose end is not acknowledged. */
  private static final class Work {
    final Offer offer;
    Link home;
    final long run;
    int percent;
    int saves;
    @Nullable Consumer<Session> report;

    Work(Offer offer, Link home, long run) {
      this.offer = offer;
      this.home = home;
      this.run = run;
    }

    AttemptId id() {
      return offer.getId();
    }
  }

  SimulatedWorker(String name, World world, List<SimulatedServer> servers) {
    this.name = name;
    this.world = world;
    this.servers = servers;
    life.dead = true;
  }

  String name() {
    return name;
  }

  Life life() {
    return life;
  }

  Strand strand() {
    return strand;
  }

  void start() {
    life = new Life();
    strand = new Strand(life);
    links.clear();
    works.clear();
    recycling = 0;
    world.trace(() -> name + " starts");
    servers.forEach(server -> connectLater(server, 50));
    every(1000, () -> links.values().forEach(this::heartbeat));
    every(PROGRESS, this::progress);
    every(REPEAT, () -> List.copyOf(works.values()).forEach(this::report));
  }

  void kill(int noticeMillis) {
    world.trace(() -> name + " is killed");
    life.dead = true;
    List.copyOf(links.values()).forEach(link -> link.cut(noticeMillis));
  }

  private void every(int millis, Runnable work) {
    world.agenda.after(
        millis,
        strand,
        () -> {
          work.run();
          every(millis, work);
        });
  }

  // ---- streams

  void block(SimulatedServer server) {
    cutOff.add(server);
    Link link = links.get(server);
    if (link != null) {
      link.cut(4000);
    }
  }

  void unblock(SimulatedServer server) {
    cutOff.remove(server);
  }

  @Nullable Link link(SimulatedServer server) {
    return links.get(server);
  }

  private void connectLater(SimulatedServer server, int millis) {
    world.agenda.after(world.upTo(millis), strand, () -> connect(server));
  }

  private void connect(SimulatedServer server) {
    if (!server.isUp() || cutOff.contains(server)) {
      connectLater(server, 600);
      return;
    }
    Link link = new Link(world, this, server);
    links.put(server, link);
    server.opened(link);
    world.trace(() -> "stream " + link + " opens");
    List<AttemptId> held = orphans(server);
    link.toServer(session -> session.hello(ABILITIES, held));
    heartbeat(link);
    // A server that is the same as before goes on with its own.
    for (Work work : works.values()) {
      if (work.home != link && work.home.server == server && link.joins(work.home.serverLife())) {
        work.home = link;
        report(work);
      }
    }
    world.agenda.after(PRESUMED_HEIR, strand, () -> presumeHeir(link));
  }

  // A server that has started anew at the same place is most likely its own heir.
  private void presumeHeir(Link link) {
    if (links.get(link.server) == link) {
      works.values().stream()
          .filter(work -> link(work) == null && work.home.server == link.server)
          .forEach(work -> adopted(link, work));
    }
  }

  private void adopted(Link link, Work work) {
    work.home = link;
    report(work);
  }

  private @Nullable Link link(Work work) {
    return links.get(work.home.server) == work.home ? work.home : null;
  }

  // Those that no connected server speaks for, and those of the server that is asked.
  private List<AttemptId> orphans(@Nullable SimulatedServer asked) {
    return works.values().stream()
        .filter(work -> link(work) == null || work.home.server == asked)
        .map(Work::id)
        .toList();
  }

  /** The attempt is this server's from now on. */
  void adopted(Link link, AttemptKey key) {
    Work work = works.get(key);
    if (work != null && links.get(link.server) == link) {
      adopted(link, work);
    }
  }

  void lost(Link link) {
    if (links.remove(link.server, link)) {
      connectLater(link.server, 600);
    }
  }

  private void heartbeat(Link link) {
    int slots = SLOTS - recycling - running();
    long memory = MEMORY - reserved();
    List<AttemptId> orphans = orphans(null);
    link.toServer(session -> session.heartbeat(Math.max(0, slots), memory, SLOTS, MEMORY, orphans));
  }

  private void heartbeats() {
    links.values().forEach(this::heartbeat);
  }

  private int running() {
    return (int) works.values().stream().filter(work -> work.report == null).count();
  }

  private long reserved() {
    return works.values().stream()
        .filter(work -> work.report == null)
        .mapToLong(work -> work.offer.getMemoryBytes())
        .sum();
  }

  // ---- what servers say

  void offered(Link link, Offer offer) {
    AttemptId id = offer.getId();
    boolean full = running() + recycling >= SLOTS;
    boolean fits = !full && reserved() + offer.getMemoryBytes() <= MEMORY;
    if (world.stormy && world.chance(0.01)) {
      // Neither taken nor refused.
      world.counts.happened(Fault.OFFER_REFUSED);
      return;
    }
    if (!fits || (world.stormy && world.chance(0.02))) {
      world.counts.happened(Fault.OFFER_REFUSED);
      link.toServer(session -> session.decline(id, full));
      heartbeat(link);
      return;
    }
    Work work = new Work(offer, link, world.moment());
    works.put(Session.key(id), work);
    world.witness.runs(Session.key(id));
    if (isBrief(offer)) {
      finish(work);
      return;
    }
    link.toServer(session -> session.accept(id));
    world.trace(() -> name + " runs " + Session.key(id));
    begin(work);
    heartbeats();
  }

  // Done before anybody was told that it is taken.
  private boolean isBrief(Offer offer) {
    return Nature.of(offer.getPayload()) == Nature.HONEST && world.chance(0.1);
  }

  private void begin(Work work) {
    int millis = Nature.millis(work.offer.getPayload());
    long deadline = work.offer.getDeadlineMillis();
    if (Nature.of(work.offer.getPayload()) != Nature.ENDLESS) {
      world.agenda.after(Math.min(millis, deadline), strand, () -> finish(work));
    } else if (world.chance(0.7)) {
      world.agenda.after(deadline, strand, () -> finish(work));
    }
  }

  private void finish(Work work) {
    if (works.get(Session.key(work.id())) != work) {
      return;
    }
    work.report = end(work);
    if (world.chance(0.1)) {
      recycling++;
      world.agenda.after(
          500,
          strand,
          () -> {
            recycling--;
            heartbeats();
          });
    }
    report(work);
    if (world.chance(world.faults().duplicates())) {
      world.counts.happened(Fault.SAID_TWICE);
      report(work);
    }
    heartbeats();
  }

  private Consumer<Session> end(Work work) {
    return switch (Nature.of(work.offer.getPayload())) {
      case HONEST, FERTILE -> completion(work);
      case FLAKY ->
          world.random.nextBoolean() ? completion(work) : failure(work, Ending.ENDING_FAILED, true);
      case BROKEN -> failure(work, Ending.ENDING_FAILED, false);
      case POISON -> failure(work, Ending.ENDING_CRASHED, true);
      case ENDLESS -> failure(work, Ending.ENDING_TIMED_OUT, true);
    };
  }

  private static Consumer<Session> completion(Work work) {
    Complete complete = Complete.newBuilder().setId(work.id()).setResult(RESULT).build();
    return session -> session.complete(complete);
  }

  private static Consumer<Session> failure(Work work, Ending ending, boolean retryable) {
    Fail fail =
        Fail.newBuilder().setId(work.id()).setEnding(ending).setRetryable(retryable).build();
    return session -> session.fail(fail);
  }

  private void report(Work work) {
    Link link = link(work);
    if (link != null && work.report != null) {
      link.toServer(work.report);
    }
  }

  private void progress() {
    for (Work work : new ArrayList<>(works.values())) {
      Link link = link(work);
      if (link != null && work.report == null) {
        work.percent = Math.min(100, work.percent + world.upTo(20));
        int percent = world.chance(world.faults().duplicates()) ? 1 : work.percent;
        link.toServer(session -> session.progress(work.id(), percent));
        if (world.chance(0.5)) {
          ByteString state = new CheckpointCheck.State(work.run, ++work.saves).bytes();
          link.toServer(session -> session.checkpoint(work.id(), state));
        }
      }
    }
  }

  void acknowledged(AttemptKey key) {
    works.remove(key);
  }

  /**
   * The attempt has ended otherwise.
   *
   * @param knows false when whoever says so has an heir by then: it cannot know what the heir has
   *     begun. To believe it costs work, for the heir finds the attempt lost, but no effect
   */
  void fenced(AttemptKey key, boolean knows) {
    if (works.containsKey(key)) {
      if (knows) {
        world.witness.fenced(key);
      }
      stop(key);
    }
  }

  /** The attempt is to be stopped. */
  void stop(AttemptKey key) {
    if (works.remove(key) != null) {
      heartbeats();
    }
  }

  boolean isIdle() {
    return works.isEmpty();
  }
}
