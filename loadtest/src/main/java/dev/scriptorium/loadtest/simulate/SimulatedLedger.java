package dev.scriptorium.loadtest.simulate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A database as the queue knows it: rows with unique keys, seen by others only after the commit,
 * and locks. Whoever would have to wait for a lock is refused, as after a lock timeout.
 */
final class SimulatedLedger {
  private static final int FLUSH_MILLIS = 600;

  private final World world;
  private final Deque<LedgerTransaction> open = new ArrayDeque<>();
  private final Map<Object, LedgerTransaction> locks = new HashMap<>();
  private final List<Unflushed> unflushed = new ArrayList<>();
  private long downUntil;

  private record Unflushed(Row row, long at) {}

  SimulatedLedger(World world) {
    this.world = world;
  }

  boolean isDown() {
    return downUntil > world.now();
  }

  /** It is killed and starts again. */
  void crash(int millis) {
    downUntil = world.now() + millis;
    open.forEach(transaction -> transaction.aborted = true);
    for (Unflushed lost : unflushed) {
      if (lost.at > world.now() - FLUSH_MILLIS) {
        world.tables.vanish(lost.row);
        world.witness.vanished(lost.row);
      }
    }
    unflushed.clear();
  }

  /** A connection breaks. */
  void killBackend() {
    LedgerTransaction first = open.peekLast();
    if (first != null) {
      world.counts.happened(Fault.BACKEND_KILLED);
      first.aborted = true;
    }
  }

  LedgerTransaction begin(Life life) {
    LedgerTransaction transaction = new LedgerTransaction(life);
    open.push(transaction);
    return transaction;
  }

  /** The transaction of whoever asks; transactions that overlap are nested. */
  LedgerTransaction current() {
    return open.element();
  }

  void end(LedgerTransaction transaction) {
    open.remove(transaction);
    locks.values().removeIf(holder -> holder == transaction);
  }

  /** Makes its rows seen by all. */
  void apply(LedgerTransaction transaction) {
    if (transaction.relaxed) {
      transaction.rows.forEach(row -> unflushed.add(new Unflushed(row, world.now())));
    } else if (!transaction.rows.isEmpty()) {
      unflushed.clear();
    }
    for (Row row : transaction.rows) {
      if (world.variant == Variant.DISPATCH_NOT_RECORDED && row instanceof Row.DispatchRow) {
        world.witness.committed(row, transaction.life);
        continue;
      }
      world.witness.committed(row, transaction.life);
      world.tables.add(row, world.now());
    }
  }

  /** Inserts a row unless its key is taken. */
  boolean insert(Row row) {
    LedgerTransaction mine = current();
    if (world.tables.has(row) || mine.has(row)) {
      return false;
    }
    lock(row.key());
    mine.rows.add(row);
    return true;
  }

  /** Takes an exclusive lock that ends with the transaction. */
  void lock(Object key) {
    LedgerTransaction holder = locks.putIfAbsent(key, current());
    if (holder != null && holder != current()) {
      throw LedgerException.locked();
    }
  }

  /** Fails when somebody else has the lock. */
  void awaitLock(Object key) {
    LedgerTransaction holder = locks.get(key);
    if (holder != null && holder != current()) {
      throw LedgerException.locked();
    }
  }

  void lockShared(long number) {
    if (open.stream()
        .anyMatch(other -> other != current() && other.exclusiveLocks.contains(number))) {
      throw LedgerException.locked();
    }
    current().sharedLocks.add(number);
  }

  void lockExclusive(long number) {
    if (open.stream()
        .anyMatch(
            other ->
                other != current()
                    && (other.sharedLocks.contains(number)
                        || other.exclusiveLocks.contains(number)))) {
      throw LedgerException.locked();
    }
    current().exclusiveLocks.add(number);
  }

  void backTo(int mark) {
    List<Row> undone = current().rows.subList(mark, current().rows.size());
    undone.forEach(row -> locks.remove(row.key()));
    undone.clear();
  }
}
