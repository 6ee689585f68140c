package dev.scriptorium.server.database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;

/** Brings the schema to the version that this server needs. Safe when several servers start. */
public final class Migrations {
  private static final String LOCATION = "classpath:dev/scriptorium/db";

  private final Login owner;

  /**
   * @param owner the role that owns the schema
   */
  public Migrations(Login owner) {
    this.owner = owner;
  }

  /**
   * Runs what is missing.
   *
   * @throws org.flywaydb.core.api.FlywayException when a migration fails or a file was edited
   */
  public void run() {
    flyway(MigrationVersion.LATEST).migrate();
  }

  Flyway flyway(MigrationVersion target) {
    return Flyway.configure()
        .dataSource(owner.url(), owner.user(), owner.password())
        .defaultSchema("scriptorium")
        .createSchemas(false)
        .locations(LOCATION)
        .target(target)
        .load();
  }
}
