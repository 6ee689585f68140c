package dev.scriptorium.loadtest.simulate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One transaction that is under way. */
final class LedgerTransaction {
  final Life life;
  final List<Row> rows = new ArrayList<>();
  final Set<Long> sharedLocks = new HashSet<>();
  final Set<Long> exclusiveLocks = new HashSet<>();
  int mark;
  boolean relaxed;
  boolean aborted;

  LedgerTransaction(Life life) {
    this.life = life;
  }

  boolean has(Row row) {
    for (Row mine : rows) {
      if (mine.getClass() == row.getClass() && mine.key().equals(row.key())) {
        return true;
      }
    }
    return false;
  }
}
