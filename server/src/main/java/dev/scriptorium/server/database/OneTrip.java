package dev.scriptorium.server.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.result.ResultProducer;
import org.jdbi.v3.core.statement.Update;

/**
 * Several statements in one text, parted by semicolons: they travel together, which saves the round
 * trips between them, and are executed one after the other, each seeing what those before it did.
 * Thread-safe.
 */
public final class OneTrip {
  private static final int QUERY = -1;

  private OneTrip() {}

  /**
   * Executes an insert before which a query stands; what the query gives is not looked at.
   *
   * @return how many rows were inserted
   */
  public static int countBehindQuery(Update both) {
    List<Integer> counts = both.execute(counts());
    if (counts.size() != 2 || counts.getFirst() != QUERY || counts.getLast() == QUERY) {
      throw new IllegalArgumentException("not a query and an insert: " + counts);
    }
    return counts.getLast();
  }

  /**
   * Executes statements that change rows.
   *
   * @return how many rows each has changed
   */
  public static List<Integer> counts(Update all) {
    return all.execute(counts());
  }

  /**
   * Executes a query, which gives what is not looked at, and behind it one for numbers.
   *
   * @return what the second one gives in its first column
   */
  public static List<Long> numbersBehindQuery(Update both) {
    return both.execute(
        (sent, context) -> {
          PreparedStatement statement = sent.get();
          if (!statement.getMoreResults()) {
            throw new IllegalArgumentException("not two queries");
          }
          List<Long> numbers = new ArrayList<>();
          try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
              numbers.add(rows.getLong(1));
            }
          }
          return numbers;
        });
  }

  private static ResultProducer<List<Integer>> counts() {
    return (sent, context) -> {
      PreparedStatement statement = sent.get();
      List<Integer> counts = new ArrayList<>();
      boolean rows = statement.getResultSet() != null;
      while (rows || statement.getUpdateCount() != QUERY) {
        counts.add(rows ? QUERY : statement.getUpdateCount());
        rows = statement.getMoreResults();
      }
      return counts;
    };
  }
}
