package dev.scriptorium.server.database;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * Transactions of one database role. Every transaction of an owner tells Postgres who the owner is,
 * so that row-level security stands behind the filters of the statements. Thread-safe.
 */
public final class Database implements Transactions {
  private static final String MARK = "mark";

  // With the policies of row-level security in it, a statement takes longer to plan than to run. So
  // it is planned once a session, for any values, and never again for those that it is given.
  private static final String PLANNED_ONCE =
      ", set_config('plan_cache_mode', 'force_generic_plan', true)";
  private static final String SET_OWNER =
      "select set_config('scriptorium.owner', ?, true)" + PLANNED_ONCE;
  private static final String SET_OWNERS_AND_COUNT =
      "select set_config('scriptorium.owners', ?, true)"
          + PLANNED_ONCE
          + ";\nselect nextval(cast(? as regclass)) from generate_series(1, ?)";

  private final Jdbi jdbi;

  /**
   * @param jdbi connections of a role that is neither superuser nor owner of the tables
   */
  public Database(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Runs one transaction on behalf of an owner; it commits when the work returns and rolls back
   * when the work throws.
   *
   * @param owner whose rows the transaction sees
   */
  public <T, X extends Exception> T inTransaction(UUID owner, HandleCallback<T, X> work) throws X {
    return jdbi.inTransaction(
        handle -> {
          setOwner(handle, owner);
          return work.withHandle(handle);
        });
  }

  /**
   * Runs one transaction on behalf of several owners at once, as {@link #inTransaction(UUID,
   * HandleCallback)}. Only tables that are written in groups let it see anything.
   *
   * @param owners whose rows the transaction sees
   * @param numbers for the rows that it writes, which come in the trip that names the owners
   */
  public <T> T inTransaction(
      Set<UUID> owners, Numbers numbers, BiFunction<Handle, List<Long>, T> work) {
    String list = owners.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    return jdbi.inTransaction(
        handle ->
            work.apply(
                handle,
                OneTrip.numbersBehindQuery(
                    handle
                        .createUpdate(SET_OWNERS_AND_COUNT)
                        .bind(0, list)
                        .bind(1, numbers.sequence())
                        .bind(2, numbers.count()))));
  }

  /**
   * Numbers that nobody else gets.
   *
   * @param sequence its name
   * @param count how many, from 1
   */
  public record Numbers(String sequence, int count) {}

  /** Runs one transaction of the system itself, for roles that see every owner's rows. */
  @Override
  public <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
    return jdbi.inTransaction(work);
  }

  @Override
  public void mark(Handle handle) {
    handle.savepoint(MARK);
  }

  @Override
  public void backToMark(Handle handle) {
    handle.rollbackToSavepoint(MARK);
  }

  @Override
  public void unmark(Handle handle) {
    handle.releaseSavepoint(MARK);
  }

  @Override
  public void mayBeLost(Handle handle) {
    handle.execute("set local synchronous_commit = off");
  }

  // Local to the transaction: safe behind a pooler that shares sessions.
  private static void setOwner(Handle handle, UUID owner) {
    handle.createQuery(SET_OWNER).bind(0, owner.toString()).mapTo(String.class).one();
  }
}
