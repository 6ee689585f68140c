package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.jobs.Enqueuer;
import dev.scriptorium.server.jobs.Job;
import dev.scriptorium.server.jobs.NewJob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who submits jobs, and the same request again until it is acknowledged. */
final class Client {
  private static final int MANY = 16;
  private static final int FEW = 6;

  private final World world;
  private final List<SimulatedServer> servers;
  private final Workload workload;
  private final SimulatedLedger ledger;
  private final Strand strand = new Strand(new Life());
  private final List<Long> acknowledged = new ArrayList<>();
  private int open;
  private int requests;

  Client(World world, List<SimulatedServer> servers, Workload workload, SimulatedLedger ledger) {
    this.world = world;
    this.servers = servers;
    this.workload = workload;
    this.ledger = ledger;
  }

  /** Submits so many requests within a time. */
  void submit(int count, int withinMillis) {
    for (int i = 0; i < count; i++) {
      open++;
      String request = "request-" + ++requests;
      world.agenda.after(world.upTo(withinMillis), strand, () -> attempt(request, List.of()));
    }
  }

  /**
   * Somebody with many jobs and somebody with few ask the same server for the same.
   *
   * @param atMillis when
   */
  void submitRivals(int atMillis) {
    open += 2;
    world.agenda.after(
        atMillis,
        strand,
        () -> {
          List<NewJob> many = workload.rivals(1, MANY);
          List<NewJob> few = workload.rivals(2, FEW);
          List<SimulatedServer> up = up();
          if (up.isEmpty()) {
            again("many", many);
            again("few", few);
          } else {
            SimulatedServer server = up.get(world.random.nextInt(up.size()));
            attempt(server, "many", many);
            attempt(server, "few", few);
          }
        });
  }

  private List<SimulatedServer> up() {
    return servers.stream().filter(SimulatedServer::isUp).toList();
  }

  /** True when every request is acknowledged. */
  boolean isDone() {
    return open == 0;
  }

  List<Long> acknowledged() {
    return acknowledged;
  }

  private void attempt(String request, List<NewJob> earlier) {
    List<SimulatedServer> up = up();
    if (up.isEmpty()) {
      again(request, earlier);
      return;
    }
    SimulatedServer server = up.get(world.random.nextInt(up.size()));
    attempt(server, request, earlier.isEmpty() ? workload.batch(acknowledged) : earlier);
  }

  private void attempt(SimulatedServer server, String request, List<NewJob> jobs) {
    // Whether the answer is heard does not hang on the server.
    boolean[] answered = {false};
    server.later(
        world.upTo(3),
        new Strand(server.life()),
        () -> {
          List<Long> ids = new Submission(server, request, jobs).run();
          if (!ids.isEmpty()) {
            world.agenda.after(world.upTo(3), strand, () -> answer(answered, ids));
          }
        });
    world.agenda.after(
        1000,
        strand,
        () -> {
          if (!answered[0]) {
            answered[0] = true;
            // What it would wait for may be unknown where it is sent next.
            again(request, jobs.stream().map(Client::withoutForeign).toList());
          }
        });
  }

  private void again(String request, List<NewJob> jobs) {
    world.agenda.after(world.upTo(800), strand, () -> attempt(request, jobs));
  }

  private void answer(boolean[] answered, List<Long> ids) {
    if (!answered[0]) {
      answered[0] = true;
      open--;
      acknowledged.addAll(ids);
    }
  }

  private static NewJob withoutForeign(NewJob job) {
    return new NewJob(
        job.owner(),
        job.book(),
        job.kind(),
        job.mediaType(),
        job.tier(),
        job.firstChapter(),
        job.lastChapter(),
        job.after().stream().filter(id -> id < 0).toList(),
        job.terms());
  }

  /** One request on a server, as its API does it. */
  private final class Submission {
    private final SimulatedServer server;
    private final String request;
    private final List<NewJob> jobs;
    private Enqueuer.@Nullable Batch batch;

    Submission(SimulatedServer server, String request, List<NewJob> jobs) {
      this.server = server;
      this.request = request;
      this.jobs = jobs;
    }

    /** Ids of the committed jobs; empty when the caller gets an error. */
    List<Long> run() {
      long from = world.moment();
      List<Long> ids;
      try {
        ids = server.connection().inTransaction(handle -> write());
      } catch (RuntimeException e) {
        world.trace(() -> server.name() + " refuses " + request + ": " + e);
        if (batch != null) {
          batch.abandoned();
        }
        return List.of();
      }
      if (batch != null) {
        batch.committed();
        world.witness.keys.takenIn(ids, from);
      }
      world.trace(() -> server.name() + " takes in " + request + ": " + ids);
      return ids;
    }

    private List<Long> write() {
      List<Long> earlier = world.tables.submissions.get(request);
      if (earlier != null) {
        return earlier;
      }
      Enqueuer.Batch written = server.core().queue().enqueue(world.ticket, jobs);
      batch = written;
      List<Long> ids = written.jobs().stream().map(Job::id).toList();
      if (!ledger.insert(new Row.SubmissionRow(request, ids))) {
        throw LedgerException.duplicate();
      }
      return ids;
    }
  }
}
