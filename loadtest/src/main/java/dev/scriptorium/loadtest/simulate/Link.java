package dev.scriptorium.loadtest.simulate;

import java.util.function.Consumer;

/**
 * One stream between a worker and a server. What is said arrives late and in order; when it breaks,
 * what is under way arrives or not, and each side learns of it in its own time.
 */
final class Link {
  final SimulatedWorker worker;
  final SimulatedServer server;
  final Session session;
  private final World world;
  private final Strand serverStrand;
  private final Strand workerStrand;
  private long lastUp;
  private long lastDown;
  private boolean broken;
  private boolean tailArrives;

  Link(World world, SimulatedWorker worker, SimulatedServer server) {
    this.world = world;
    this.worker = worker;
    this.server = server;
    this.serverStrand = new Strand(server.life());
    this.workerStrand = worker.strand();
    this.session = new Session(world, this);
  }

  Life serverLife() {
    return serverStrand.life;
  }

  boolean joins(Life serverLife) {
    return serverStrand.life == serverLife;
  }

  boolean isBroken() {
    return broken;
  }

  void toServer(Consumer<Session> message) {
    if (broken) {
      return;
    }
    lastUp = Math.max(lastUp, world.now() + delay());
    server.later(lastUp - world.now(), serverStrand, () -> arrive(message, session));
  }

  void toWorker(Consumer<SimulatedWorker> message) {
    if (broken) {
      return;
    }
    lastDown = Math.max(lastDown, world.now() + delay());
    world.agenda.after(lastDown - world.now(), workerStrand, () -> arrive(message, worker));
  }

  private <T> void arrive(Consumer<T> message, T receiver) {
    if (!broken || tailArrives) {
      message.accept(receiver);
    }
  }

  private int delay() {
    return world.chance(0.02) ? world.upTo(world.faults().slowMillis()) : world.random.nextInt(3);
  }

  /**
   * Breaks it.
   *
   * @param noticeMillis longest time until a side learns of it
   */
  void cut(int noticeMillis) {
    if (broken) {
      return;
    }
    broken = true;
    tailArrives = world.random.nextBoolean();
    world.trace(() -> "stream " + this + " breaks");
    server.later(
        Math.max(0, lastUp - world.now()) + world.upTo(noticeMillis), serverStrand, session::gone);
    world.agenda.after(
        Math.max(0, lastDown - world.now()) + world.upTo(noticeMillis),
        workerStrand,
        () -> worker.lost(this));
  }

  @Override
  public String toString() {
    return worker.name() + "-" + server.name();
  }
}
