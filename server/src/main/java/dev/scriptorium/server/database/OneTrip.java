package dev.scriptorium.server.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.result.ResultProducer;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * Several statements in one text, parted by semicolons: they travel together, which saves the round
 * trips between them, and are executed one after the other, each seeing what those before it did.
 * Thread-safe.
 */
public final class OneTrip {
  private static final int QUERY = -1;

  /** Makes something of one row. */
  @FunctionalInterface
  public interface RowReader {
    /** Looks at the row that the result stands at; must not move it. */
    void read(ResultSet row) throws SQLException;
  }

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

  /** Executes queries and gives the rows of each to its reader. */
  public static void read(Query all, List<RowReader> readers) {
    all.execute(
        (sent, context) -> {
          PreparedStatement statement = sent.get();
          for (int i = 0; i < readers.size(); i++) {
            if (i > 0 && !statement.getMoreResults()) {
              throw new SQLException("%d queries where %d are read".formatted(i, readers.size()));
            }
            read(statement.getResultSet(), readers.get(i));
          }
          return readers.size();
        });
  }

  private static void read(ResultSet rows, RowReader reader) throws SQLException {
    try (rows) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
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
