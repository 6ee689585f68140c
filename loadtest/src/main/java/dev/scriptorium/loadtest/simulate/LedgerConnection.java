package dev.scriptorium.loadtest.simulate;

import dev.scriptorium.server.database.Transactions;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/** The ledger as one server reaches it. */
final class LedgerConnection implements Transactions {
  private final World world;
  private final SimulatedLedger ledger;
  private final Life life;

  /** Virtual time until which nothing passes. */
  long cutUntil;

  LedgerConnection(World world, SimulatedLedger ledger, Life life) {
    this.world = world;
    this.ledger = ledger;
    this.life = life;
  }

  @Override
  public <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
    if (life.dead) {
      throw new KilledError(life);
    }
    if (ledger.isDown()) {
      throw LedgerException.starting();
    }
    if (cutUntil > world.now()) {
      throw LedgerException.connectionLost();
    }
    LedgerTransaction transaction = ledger.begin(life);
    try {
      T result = work.withHandle(world.ticket);
      commit(transaction);
      return result;
    } finally {
      ledger.end(transaction);
    }
  }

  private void commit(LedgerTransaction transaction) {
    overlap();
    if (life.dead) {
      // The last thing it said may have been Commit.
      if (!transaction.aborted && world.random.nextBoolean()) {
        ledger.apply(transaction);
      }
      throw new KilledError(life);
    }
    if (transaction.aborted || ledger.isDown()) {
      throw LedgerException.connectionLost();
    }
    if (world.chance(world.faults().commitFails())) {
      world.counts.happened(Fault.COMMIT_FAILED);
      throw LedgerException.connectionLost();
    }
    if (world.variant == Variant.EFFECT_APART && splits(transaction)) {
      throw LedgerException.connectionLost();
    }
    ledger.apply(transaction);
    ledger.end(transaction);
    overlap();
    if (life.dead) {
      throw new KilledError(life);
    }
    if (world.chance(world.faults().answerLost())) {
      world.counts.happened(Fault.ANSWER_LOST);
      throw LedgerException.connectionLost();
    }
  }

  // Between the two transactions the connection may break.
  private boolean splits(LedgerTransaction transaction) {
    if (!world.chance(world.faults().answerLost())) {
      return false;
    }
    transaction.rows.removeIf(row -> row instanceof Row.EffectRow || row instanceof Row.JobRow);
    ledger.apply(transaction);
    return true;
  }

  private void overlap() {
    if (world.chance(world.faults().overlap()) || life.isFrozen(world.now())) {
      world.agenda.meanwhile(world.upTo(8), life);
    }
  }

  @Override
  public void mark(Handle handle) {
    ledger.current().mark = ledger.current().rows.size();
  }

  @Override
  public void backToMark(Handle handle) {
    ledger.backTo(ledger.current().mark);
  }

  @Override
  public void unmark(Handle handle) {
    ledger.current().mark = 0;
  }

  @Override
  public void mayBeLost(Handle handle) {
    ledger.current().relaxed = true;
  }
}
