package dev.scriptorium.server.database;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a migrated Postgres database of its own.
 *
 * <pre>{@code
 * @RegisterExtension static final TestDatabase database = new TestDatabase();
 * }</pre>
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
  private static final PoolSizes SIZES = new PoolSizes(8, 8);

  private final StatementCounter statements = new StatementCounter();
  private @Nullable Login superuser;
  private @Nullable Logins logins;
  private @Nullable Databases databases;
  private @Nullable Database pooledApi;
  private @Nullable Database pooledScheduler;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    SharedPostgres postgres =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(SharedPostgres.class, _ -> new SharedPostgres(), SharedPostgres.class);
    superuser = postgres.create();
    logins = new Roles(superuser).prepare();
    databases = new Databases(logins, SIZES, statements);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    databases().close();
  }

  /** The same database behind a pooler that lends sessions for one transaction each. */
  public TestDatabase behindPooler() {
    TestDatabase pooled = new TestDatabase();
    pooled.superuser = superuser;
    pooled.logins = logins;
    pooled.databases = databases;
    pooled.pooledApi = new Database(Databases.jdbi(new Pooler(logins().api()), statements));
    pooled.pooledScheduler =
        new Database(Databases.jdbi(new Pooler(logins().scheduler()), statements));
    return pooled;
  }

  /** Transactions of the role {@code scriptorium_api}. */
  public Database api() {
    if (pooledApi != null) {
      return pooledApi;
    }
    return databases().api();
  }

  /** Transactions of the role {@code scriptorium_scheduler}. */
  public Database scheduler() {
    if (pooledScheduler != null) {
      return pooledScheduler;
    }
    return databases().scheduler();
  }

  /** Both pools. */
  public Databases databases() {
    return Objects.requireNonNull(databases, "register the extension in a static field");
  }

  /** Every statement that was run through the pools. */
  public StatementCounter statements() {
    return statements;
  }

  /** Logins of the three roles. */
  public Logins logins() {
    return Objects.requireNonNull(logins, "register the extension in a static field");
  }

  /** Login of the superuser. */
  public Login superuser() {
    return Objects.requireNonNull(superuser, "register the extension in a static field");
  }

  /** A new account; its id is an owner. */
  public UUID createAccount() {
    UUID account = UUID.randomUUID();
    return scheduler()
        .inTransaction(
            handle -> {
              handle
                  .createUpdate(
                      """
                      insert into account (id, name, role) values (:id, :name, 'OPERATOR')
                      """)
                  .bind("id", account)
                  .bind("name", "account " + account)
                  .execute();
              return account;
            });
  }
}
