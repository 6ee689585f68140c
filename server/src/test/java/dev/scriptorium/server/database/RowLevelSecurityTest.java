package dev.scriptorium.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RowLevelSecurityTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final String OWNED_TABLES =
      """
      select c.relname
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'scriptorium'
         and c.relkind in ('r', 'p') and not c.relispartition
         and exists (select 1 from pg_attribute a
                      where a.attrelid = c.oid and a.attname = 'owner_id')
      """;

  @Test
  void everyTableWithAnOwnerForcesRowLevelSecurity() {
    List<String> owned = strings(OWNED_TABLES);
    List<String> open = strings(OWNED_TABLES + " and not (relrowsecurity and relforcerowsecurity)");

    assertThat(owned).contains("api_key");
    assertThat(open).isEmpty();
  }

  @Test
  void theApiRoleSeesNoRowBeforeAnOwnerIsNamed() {
    UUID owner = database.createAccount();
    insertKey(owner, "aaaaaaaa");

    for (String table : strings(OWNED_TABLES)) {
      int seen = database.api().inTransaction(handle -> count(handle, table));
      assertThat(seen).as(table).isZero();
    }
  }

  @Test
  void theApiRoleSeesTheRowsOfTheNamedOwnerAlone() {
    UUID mine = database.createAccount();
    UUID other = database.createAccount();
    insertKey(mine, "bbbbbbbb");
    insertKey(other, "cccccccc");
    insertKey(other, "dddddddd");

    int ofMine = database.api().inTransaction(mine, handle -> count(handle, "api_key"));
    int ofOther = database.api().inTransaction(other, handle -> count(handle, "api_key"));
    assertThat(ofMine).isEqualTo(1);
    assertThat(ofOther).isEqualTo(2);
  }

  @Test
  void theOwnerOfOneTransactionIsForgottenInTheNext() {
    UUID mine = database.createAccount();
    insertKey(mine, "eeeeeeee");
    int named = database.api().inTransaction(mine, handle -> count(handle, "api_key"));

    int unnamed = database.api().inTransaction(handle -> count(handle, "api_key"));

    assertThat(named).isEqualTo(1);
    assertThat(unnamed).isZero();
  }

  @Test
  void theApiRoleCannotWriteARowOfSomebodyElse() {
    UUID mine = database.createAccount();
    UUID other = database.createAccount();

    assertThatThrownBy(
            () ->
                database
                    .api()
                    .inTransaction(
                        mine,
                        handle -> {
                          insertKey(handle, other, "ffffffff");
                          return null;
                        }))
        .hasMessageContaining("row-level security");
  }

  @Test
  void noWorkingRoleIsSuperuserOrGetsAroundThePolicies() {
    List<String> strong =
        strings(
            """
            select rolname from pg_roles
             where rolname like 'scriptorium\\_%' and (rolsuper or rolbypassrls or rolcreaterole)
            """);

    assertThat(strong).isEmpty();
  }

  private static void insertKey(UUID owner, String id) {
    database
        .scheduler()
        .inTransaction(
            handle -> {
              insertKey(handle, owner, id);
              return null;
            });
  }

  private static void insertKey(Handle handle, UUID owner, String id) {
    handle
        .createUpdate(
            """
            insert into api_key (id, owner_id, role, secret_sha256, label, created_at)
            values (:id, :owner, 'READER', sha256('x'), 'test', now())
            """)
        .bind("id", id)
        .bind("owner", owner)
        .execute();
  }

  private static int count(Handle handle, String table) {
    return handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one();
  }

  private static List<String> strings(String query) {
    Login login = database.superuser();
    return Jdbi.create(login.url(), login.user(), login.password())
        .withHandle(handle -> handle.createQuery(query).mapTo(String.class).list());
  }
}
