package dev.scriptorium.server.database;

/**
 * The three roles of the system. Their names are fixed, because the policies of row-level security
 * name them.
 *
 * @param owner owns schema and tables; migrations alone
 * @param api works for the callers of the API, who each see their own rows
 * @param scheduler works for the system itself and sees all rows
 */
public record Logins(Login owner, Login api, Login scheduler) {
  static final String OWNER = "scriptorium_owner";
  static final String API = "scriptorium_api";
  static final String SCHEDULER = "scriptorium_scheduler";

  /** Checks the names. */
  public Logins {
    check(owner, OWNER);
    check(api, API);
    check(scheduler, SCHEDULER);
  }

  private static void check(Login login, String role) {
    if (!login.user().equals(role)) {
      throw new IllegalArgumentException(
          "database user is " + login.user() + " where it has to be " + role);
    }
  }
}
